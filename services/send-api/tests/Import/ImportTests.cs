using System.IO.Compression;
using System.Net;
using System.Text;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Import;

public sealed class ImportTests(OutcomeWorld rooms) : IClassFixture<OutcomeWorld>
{
    private readonly ImportWorld _world = new(rooms);

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "{\"messageType\":", "InvalidJson", "not JSON" },
        { "\uFEFF{}", "InvalidJson", "a byte order mark" },
        { "", "InvalidJson", "empty" },
        { $"[{Sample.Message()}]", "InvalidMessage", "a batch" },
        { Sample.Message(meter: ""), "NoMeterIDInJson", "no meter" },
        { Sample.Message(value: "\"12\""), "InvalidValue", "a value that is text" },
    };

    [Fact]
    public async Task An_object_is_its_senders_message_and_is_moved_under_its_own_name_when_delivered()
    {
        var message = _world.Message("day");
        await _world.PutAsync("a/b c é%2F?.json", message);

        var import = await _world.ImportAsync();

        Assert.Equal((1, 1, 0, "running"), (import!.Objects, import.Accepted, import.Refused, import.State));
        Assert.Equal(
            "importer",
            await rooms.ReadAsync<string>("SELECT sender FROM messages WHERE message_key = @key", new { key = message.MessageId }));
        Assert.Equal(["a/b c é%2F?.json"], await _world.NamesAsync(SendCloud.SourceBucket));

        await rooms.DeliverAsync();
        await _world.WorkAsync();

        Assert.Empty(await _world.NamesAsync(SendCloud.SourceBucket));
        Assert.Equal(message.ToBytes(), await _world.ReadAsync(SendCloud.SuccessBucket, "a/b c é%2F?.json"));
        var progress = await _world.ProgressAsync(import);
        Assert.Equal(("finished", 1, 1), (progress.State, progress.Delivered, progress.Moved));
        Assert.NotNull(progress.FinishedAt);
        Assert.Empty(progress.Problems);
    }

    [Fact]
    public async Task An_object_stays_in_the_source_bucket_while_its_message_is_on_its_way()
    {
        await _world.PutAsync("day.json", _world.Message("day"));
        var import = await _world.ImportAsync();

        await rooms.DeliverAsync(HttpStatusCode.ServiceUnavailable);
        await _world.WorkAsync();

        Assert.Equal(["day.json"], await _world.NamesAsync(SendCloud.SourceBucket));
        Assert.Equal("running", (await _world.ProgressAsync(import!)).State);
        await rooms.ExecuteAsync("UPDATE messages SET due_at = UTC_TIMESTAMP(6) WHERE state = 0");
        await rooms.DeliverAsync();
        await _world.WorkAsync();
        Assert.Equal("finished", (await _world.ProgressAsync(import!)).State);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_is_refused_goes_to_the_error_bucket_under_its_reason(string content, string reason, string what)
    {
        await _world.PutAsync("bad.json", content);

        var import = await _world.ImportAsync();
        await _world.WorkAsync();

        Assert.Empty(await _world.NamesAsync(SendCloud.SourceBucket));
        Assert.Equal([$"send/{reason}/bad.json"], await _world.NamesAsync(SendCloud.ErrorBucket));
        var progress = await _world.ProgressAsync(import!);
        Assert.True(progress is { State: "finished", Refused: 1, Accepted: 0 }, what);
        var problem = Assert.Single(progress.Problems);
        Assert.Equal(("refused", reason, reason), (problem.State, problem.Reason, problem.Errors![0].Code));
    }

    [Fact]
    public async Task An_object_larger_than_a_request_may_be_is_refused()
    {
        await _world.PutAsync("large.json", new string(' ', (8 * 1024 * 1024) + 1));

        await _world.ImportAsync();
        await _world.WorkAsync();

        Assert.Equal(["send/ObjectTooLarge/large.json"], await _world.NamesAsync(SendCloud.ErrorBucket));
    }

    [Fact]
    public async Task A_compressed_object_is_read_as_what_it_holds_and_a_falsely_compressed_one_is_refused()
    {
        var message = _world.Message("zip");
        await SendCloud.PutCompressedAsync($"{_world.Folder}day.json", Zip(message.ToBytes()));
        await SendCloud.PutCompressedAsync($"{_world.Folder}plain.json", message.ToBytes());

        await _world.ImportAsync();
        var delivered = await rooms.DeliverAsync();
        await _world.WorkAsync();

        Assert.Contains(delivered, one => one.Body == Encoding.UTF8.GetString(message.ToBytes()));
        Assert.Equal(["day.json"], await _world.NamesAsync(SendCloud.SuccessBucket));
        Assert.Equal(["send/InvalidJson/plain.json"], await _world.NamesAsync(SendCloud.ErrorBucket));
    }

    [Fact]
    public async Task Other_bytes_under_a_known_messageId_are_refused_and_the_same_bytes_are_the_same_message()
    {
        var message = _world.Message("day");
        await _world.PutAsync("1.json", message);
        await _world.ImportAsync();
        await _world.PutAsync("2.json", message with { Readings = [("2022-10-01T00:00:00Z", "7")] });
        await _world.PutAsync("3.json", message);

        var second = await _world.ImportAsync();
        await rooms.DeliverAsync();
        await _world.WorkAsync();

        var progress = await _world.ProgressAsync(second!);
        Assert.Equal((2, 0, 1, 1), (progress.Objects, progress.Accepted, progress.Duplicates, progress.Refused));
        Assert.Equal(["1.json", "3.json"], await _world.NamesAsync(SendCloud.SuccessBucket));
        Assert.Equal(["send/MessageIdConflict/2.json"], await _world.NamesAsync(SendCloud.ErrorBucket));
        Assert.Equal(1, await _world.MessagesAsync());
    }

    [Fact]
    public async Task Refused_objects_are_counted_in_the_ledger_as_refused_pushes_are()
    {
        var (name, message) = ($"i{Guid.NewGuid():n}"[..12], _world.Message("day"));
        var sender = ImportWorld.Sender with { Username = name };
        message = message with { Market = name };
        await _world.PutAsync("1.json", message);
        await _world.ImportAsync(sender);
        await _world.PutAsync("2.json", message with { Readings = [("2022-10-01T00:00:00Z", "7")] });
        await _world.PutAsync("3.json", "{}");
        await _world.PutAsync("4.json", "no json");
        await _world.PutAsync("5.json", message);

        await _world.ImportAsync(sender);
        await _world.WorkAsync();

        var group = Assert.Single((await rooms.CountAsync(LedgerGrouping.Sender)).Groups, group => group.Sender == name);
        Assert.Equal((3, 1, true), (group.Refused, group.Messages.Accepted, group.Balanced));
        Assert.Equal(1, Assert.Single((await rooms.CountAsync(LedgerGrouping.Market)).Groups, group => group.Market == name).Refused);
        Assert.Equal(
            ["InvalidJson=1", "MessageIdConflict=1", "NoMessageType=1"],
            await rooms.Database.QueryAsync<string>(
                "SELECT CONCAT(code, '=', SUM(messages)) FROM refusal_counts WHERE sender = @name GROUP BY code ORDER BY code",
                new { name },
                CancellationToken.None));
    }

    [Theory]
    [InlineData("UPDATE messages SET state = 3, reason = 'BadRequest' WHERE id = @id", "send/BadRequest/day.json")]
    [InlineData("UPDATE messages SET state = 4, reason = 'ServiceUnavailable' WHERE id = @id", "send/ServiceUnavailable/day.json")]
    [InlineData("UPDATE messages SET state = 4, reason = NULL WHERE id = @id", "send/GaveUp/day.json")]
    [InlineData("UPDATE messages SET state = 5, reason = 'CancelledByUser' WHERE id = @id", "send/CancelledByUser/day.json")]
    public async Task What_did_not_reach_esight_goes_to_the_error_bucket_under_its_reason(string end, string path)
    {
        var message = _world.Message("day");
        await _world.PutAsync("day.json", message);
        var import = await _world.ImportAsync();
        var id = SendId.FromBytes(
            await rooms.ReadAsync<byte[]>("SELECT id FROM messages WHERE message_key = @key", new { key = message.MessageId }));
        await rooms.ExecuteAsync(end, new { id = id.ToBytes() });

        await _world.WorkAsync();

        Assert.Equal([path], await _world.NamesAsync(SendCloud.ErrorBucket));
        var problem = Assert.Single((await _world.ProgressAsync(import!)).Problems);
        Assert.Equal(("failed", id.ToString()), (problem.State, problem.SendId));
    }

    [Fact]
    public async Task An_object_in_the_hands_of_one_import_is_not_taken_by_another()
    {
        await _world.PutAsync("day.json", _world.Message("day"));
        await _world.ImportAsync();

        Assert.Null(await _world.ImportAsync());
        Assert.Null(await _world.ImportAsync(ImportWorld.Sender with { Username = "another" }));

        Assert.Equal(1, await _world.MessagesAsync());
    }

    [Fact]
    public async Task A_newer_content_of_the_same_name_is_an_object_of_its_own()
    {
        await _world.PutAsync("day.json", _world.Message("1"));
        await _world.ImportAsync();
        await _world.PutAsync("day.json", _world.Message("2"));

        await rooms.DeliverAsync();
        await _world.WorkAsync();
        Assert.Equal(["day.json"], await _world.NamesAsync(SendCloud.SourceBucket));

        await _world.ImportAsync();
        await rooms.DeliverAsync();
        await _world.WorkAsync();

        Assert.Empty(await _world.NamesAsync(SendCloud.SourceBucket));
        Assert.Equal(_world.Message("2").ToBytes(), await _world.ReadAsync(SendCloud.SuccessBucket, "day.json"));
        Assert.Equal(2, await _world.MessagesAsync());
    }

    [Fact]
    public async Task Hundreds_of_objects_are_one_import()
    {
        await Parallel.ForAsync(0, 520, async (n, _) => await _world.PutAsync($"{n:000}.json", _world.Message($"{n}")));

        var import = await _world.ImportAsync();
        await rooms.DeliverAsync();
        await _world.WorkAsync();

        var progress = await _world.ProgressAsync(import!);
        Assert.Equal((520, 520, 520), (progress.Objects, progress.Delivered, progress.Moved));
        Assert.Equal(520, (await _world.NamesAsync(SendCloud.SuccessBucket)).Count);
    }

    private static byte[] Zip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionMode.Compress))
        {
            zip.Write(content);
        }

        return bytes.ToArray();
    }
}
