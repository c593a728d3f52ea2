using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>The pair with the services' own defaults. It signs tokens itself: what Google signs, another machine does.</summary>
internal sealed class MeasuredStack : KeySigningStack
{
    // A server of its own is small; production's has room for what is measured here.
    private const string GiveRoom = "SET GLOBAL innodb_buffer_pool_size = 2147483648; SET GLOBAL innodb_log_file_size = 1073741824";

    protected override bool WaitsBriefly => false;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var password = await File.ReadAllTextAsync(Path.Combine(State, "mariadb", "administrator.password"));
        var administrator = Description.Mysql with { User = "administrator", Password = password };
        await administrator.Open().ExecuteAsync(GiveRoom, null, CancellationToken.None);
    }
}
