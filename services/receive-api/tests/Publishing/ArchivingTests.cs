using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class ArchivingTests(ReceiveWorld world) : IClassFixture<ReceiveWorld>
{
    private readonly string _id = Reports.NewId();
    private readonly Guid _sendId = Guid.CreateVersion7();

    [Fact]
    public async Task The_raw_bytes_lie_in_the_response_bucket_under_the_path_that_they_have_always_had()
    {
        var body = " " + Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1", "1.50e+3")) + "\r\n";
        using var posted = await world.PostAsync(body);

        await ArchivedAsync(posted);

        var now = DateTimeOffset.UtcNow;
        var path =
            $"error-reports/electricity/lu/{now.Year}/{now.Month}/{now.Day}/e-sightId__{_id}__messageId__{Reports.MessageId(_sendId)}.json";
        Assert.Equal(body, await ReadAsync(path));
    }

    [Fact]
    public async Task Every_revision_has_an_object_of_its_own()
    {
        using var first = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));
        using var second = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E2")));
        await ArchivedAsync(first);
        await ArchivedAsync(second);

        var events = await world.EventsAsync(_id, 2);

        Assert.Equal(2, events.Select(one => one.Data.GetProperty("destination_path").GetString()).Distinct().Count());
        foreach (var (data, _) in events)
        {
            Assert.Contains(
                data.GetProperty("errorCode").GetString()!,
                await ReadAsync(data.GetProperty("destination_path").GetString()!),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("../../secrets")]
    [InlineData("a/b\\u0000\\n?#")]
    [InlineData("a__messageId__b")]
    public async Task An_id_of_somebody_else_cannot_choose_where_the_report_lies(string start)
    {
        var body = Reports.With($"{start}{_id}", "free text/../x", Reports.Item(_id));
        using var posted = await world.PostAsync(body);
        await ArchivedAsync(posted);
        var reportId = (await ReceiveWorld.JsonAsync(posted)).GetProperty("reportId").GetString()!;
        var esightId = JsonElement.Parse(body).GetProperty("_id").GetString()!;

        var (data, _) = Assert.Single(await world.EventsAsync(esightId, 1));

        var path = data.GetProperty("destination_path").GetString()!;
        Assert.Matches(
            $"^error-reports/MalformedMessage_id/[0-9]+/[0-9]+/[0-9]+/e-sightId__[A-Za-z0-9._-]+__report__{reportId}\\.json$", path);
        Assert.Equal(body, await ReadAsync(path));
    }

    private async Task ArchivedAsync(HttpResponseMessage posted)
    {
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        await Eventually.GetAsync(
            async () =>
                (await world.GetAsync(posted.Headers.Location!.ToString())).GetProperty("archivedAt").ValueKind == JsonValueKind.String,
            holds => holds);
    }

    private static async Task<string> ReadAsync(string path)
    {
        using var answer = await ReceiveCloud.ObjectAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
    }
}
