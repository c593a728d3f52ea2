using EnergyLoad.Local.Launcher.Commands;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class StateTests : IDisposable
{
    private readonly StateFolder _folder = new(Directory.CreateTempSubdirectory("state-").FullName);

    [Fact]
    public void Secrets_are_made_once_kept_and_readable_by_the_owner_alone()
    {
        var first = StackSecrets.LoadOrCreate(_folder, shared: false);
        var second = StackSecrets.LoadOrCreate(_folder, shared: false);
        Assert.Equal(first.Users[StackUsers.Sender].Password, second.Users[StackUsers.Sender].Password);
        Assert.Equal(first.ApiKeys[ApiKeyNames.Internal], second.ApiKeys[ApiKeyNames.Internal]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.SecretsFile));
    }

    [Fact]
    public void No_two_stacks_have_a_secret_in_common()
    {
        using var other = new StateTests();
        var here = StackSecrets.LoadOrCreate(_folder, shared: false);
        var there = StackSecrets.LoadOrCreate(other._folder, shared: false);
        Assert.Empty(Secrets(here).Intersect(Secrets(there)));
    }

    [Fact]
    public void On_a_shared_server_names_differ_from_stack_to_stack_and_stay_short()
    {
        var secrets = StackSecrets.LoadOrCreate(_folder, shared: true);
        Assert.All(secrets.Users.Values, user => Assert.EndsWith(secrets.Suffix, user.Username, StringComparison.Ordinal));
        Assert.All(secrets.Users.Values, user => Assert.True(user.Username.Length <= 15));
    }

    [Fact]
    public void A_file_is_replaced_whole_and_leaves_nothing_beside_it()
    {
        PrivateFile.Write(_folder.SampleFile, new List<string> { "first" });
        PrivateFile.Write(_folder.SampleFile, new List<string> { "second" });
        Assert.Equal(["second"], PrivateFile.Read<List<string>>(_folder.SampleFile));
        Assert.Equal([_folder.SampleFile], Directory.GetFiles(_folder.Root));
    }

    [Fact]
    public void One_launcher_holds_a_folder_until_it_ends()
    {
        Assert.Null(StateClaim.OwnerOf(_folder));
        using (StateClaim.Take(_folder))
        {
            Assert.Equal(Environment.ProcessId, StateClaim.OwnerOf(_folder));
            var refusal = Assert.Throws<StackFailedException>(() => StateClaim.Take(_folder));
            Assert.Contains($"{Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Null(StateClaim.OwnerOf(_folder));
    }

    public void Dispose() => Directory.Delete(_folder.Root, recursive: true);

    private static IEnumerable<string> Secrets(StackSecrets secrets) =>
        [.. secrets.Users.Values.Select(user => user.Password), .. secrets.ApiKeys.Values, secrets.ESightReadPassword, secrets.ESightWritePassword, secrets.AuditKey];
}
