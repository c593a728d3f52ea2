using EnergyLoad.Local.Launcher;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;
using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class PortsTests
{
    [Fact]
    public void No_port_is_given_out_twice_with_the_most_instances()
    {
        var all = new Ports(8080, Ports.MaximumInstances).All(privateDatabase: true).Select(port => port.Port).ToList();
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.All(all, port => Assert.InRange(port, 8081, 8150));
    }

    [Fact]
    public void A_taken_port_is_named_with_who_wanted_it()
    {
        var first = FreePort.FindRange(100);
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, first + 60);
        other.Start();
        var options = new LauncherOptions { State = new StateFolder("unused"), Ports = new Ports(first, 1) };
        var refusal = Assert.Throws<StackFailedException>(() => PortCheck.Run(options));
        Assert.Contains($"Port {first + 60} (e-Sight simulator)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_accounts_number_has_21_digits_and_is_always_the_same()
    {
        Assert.All(CloudNames.Accounts, account => Assert.Matches("^[0-9]{21}$", CloudNames.UniqueId(account)));
        Assert.Equal(CloudNames.Accounts.Count, CloudNames.Accounts.Select(CloudNames.UniqueId).Distinct(StringComparer.Ordinal).Count());
    }
}
