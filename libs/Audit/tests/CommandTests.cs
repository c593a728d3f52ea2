using EnergyLoad.Audit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Audit.Tests;

/// <summary>The commands of the tool and of the services' executables.</summary>
public sealed class CommandTests : AuditTest
{
    [Fact]
    public async Task Verify_says_that_the_log_is_intact_and_what_it_could_not_see()
    {
        await FillOneLaneAsync(3);
        var (code, output) = await RunAsync("verify");
        Assert.Equal(0, code);
        Assert.Contains("INTACT: 3 rows.", output, StringComparison.Ordinal);
        Assert.Contains("No anchor from outside was given", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_names_the_first_bad_row_and_fails()
    {
        var lane = await FillOneLaneAsync(3);
        await Database.ExecuteAsync("UPDATE access_log SET subject = 'x' WHERE seq = 2");
        var (code, output) = await RunAsync("verify");
        Assert.Equal(1, code);
        Assert.Contains($"Edited: Row 2 of lane {lane}", output, StringComparison.Ordinal);
        Assert.Contains("TAMPERED", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_compares_with_anchors_from_a_folder()
    {
        using var folder = new TemporaryFolder();
        await FillOneLaneAsync(3);
        await using var host = CreateHost(anchor: folder.KeepAsync);
        await host.Services.GetRequiredService<AuditAnchoring>().AnchorIfDueAsync(CancellationToken.None);
        var (code, output) = await RunAsync("verify", "--anchors", folder.Path);
        Assert.Equal(0, code);
        Assert.Contains("1 anchors from outside compared", output, StringComparison.Ordinal);

        await Database.ExecuteAsync("""
            DELETE FROM access_log;
            DELETE FROM access_log_anchors;
            UPDATE access_log_lanes SET seq = 0, mac = REPEAT(X'00', 32)
            """);
        Assert.Equal(0, (await RunAsync("verify")).Code);
        Assert.Equal(1, (await RunAsync("verify", "--anchors", folder.Path)).Code);
    }

    [Fact]
    public async Task Retain_and_erase_do_as_they_are_told()
    {
        await FillOneLaneAsync(3);
        Assert.Equal((0, "3 rows erased.\n"), await RunAsync("erase", "--msisdn", Somebody.Msisdn!));
        Assert.Equal((0, "0 rows erased.\n"), await RunAsync("erase", "--client-ip", "203.0.113.7"));
        Assert.Equal((0, "0 rows removed.\n"), await RunAsync("retain", "--before", "2020-01-01T00:00:00Z"));
        Assert.Equal(0, (await RunAsync("verify")).Code);
    }

    [Fact]
    public async Task Retain_stops_with_a_failure_at_a_row_that_was_tampered_with()
    {
        await FillOneLaneAsync(3);
        await Database.ExecuteAsync("UPDATE access_log SET subject = 'x' WHERE seq = 2");
        var (code, output) = await RunAsync("retain", "--before", "2999-01-01T00:00:00Z");
        Assert.Equal(1, code);
        Assert.StartsWith("STOPPED: Row 2", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("destroy")]
    [InlineData("verify --anchors")]
    [InlineData("verify --anchors /no/such/folder")]
    [InlineData("verify --quickly yes")]
    [InlineData("retain")]
    [InlineData("retain --before soon")]
    [InlineData("erase")]
    [InlineData("erase --client-ip nowhere")]
    [InlineData("erase --user a --user b")]
    public async Task A_command_that_is_not_understood_does_nothing_and_shows_how_it_is_used(string line)
    {
        await FillOneLaneAsync(1);
        var (code, output) = await RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, code);
        Assert.Contains("audit verify [--anchors DIR]", output, StringComparison.Ordinal);
        Assert.Single(await ReadRowsAsync());
    }

    [Fact]
    public async Task Other_commands_of_a_service_are_left_to_others()
    {
        Assert.Null(await AuditCommands.RunAsync(Host.Services, ["migrate"], TextWriter.Null, CancellationToken.None));
        Assert.Null(await AuditCommands.RunAsync(Host.Services, [], TextWriter.Null, CancellationToken.None));
    }

    private async Task<(int Code, string Output)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        var code = await AuditCommands.RunAsync(Host.Services, ["audit", .. arguments], output, CancellationToken.None);
        return (code!.Value, output.ToString());
    }
}
