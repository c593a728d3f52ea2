using System.Globalization;
using System.Text;
using System.Text.Json;
using EnergyLoad.GoogleCloud.Tests.Fakes;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.GoogleCloud.Tests.PubSub;

public sealed class PubSubPublisherTests : CloudTest
{
    [Fact]
    public async Task A_message_travels_with_its_attributes_and_its_ordering_key()
    {
        Server.ThenJson(200, """{"messageIds":["17"]}""");
        var message = new PubSubMessage("{\"a\":1}"u8.ToArray())
        {
            Attributes = new Dictionary<string, string> { ["type"] = "error-report" },
            OrderingKey = "LU_VPC",
        };

        var ids = await Get<PubSubPublisher>().PublishAsync("esight-error-reports", [message], CancellationToken.None);

        Assert.Equal(["17"], ids);
        var seen = Assert.Single(Server.Seen);
        Assert.Equal("/v1/projects/energyload-test/topics/esight-error-reports:publish", seen.Target);
        var sent = Assert.Single(seen.Json.GetProperty("messages").EnumerateArray());
        Assert.Equal("{\"a\":1}", Encoding.UTF8.GetString(sent.GetProperty("data").GetBytesFromBase64()));
        Assert.Equal("error-report", sent.GetProperty("attributes").GetProperty("type").GetString());
        Assert.Equal("LU_VPC", sent.GetProperty("orderingKey").GetString());
    }

    [Fact]
    public async Task Nothing_to_publish_sends_nothing()
    {
        Assert.Empty(await Get<PubSubPublisher>().PublishAsync("t", [], CancellationToken.None));
        Assert.Empty(Server.Seen);
    }

    [Fact]
    public async Task More_than_a_thousand_messages_are_cut_and_their_ids_keep_the_order()
    {
        Server.Then(NumberAsync);
        var messages = Enumerable.Range(0, 2_001)
            .Select(i => new PubSubMessage(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)))).ToArray();

        var ids = await Get<PubSubPublisher>().PublishAsync("t", messages, CancellationToken.None);

        Assert.Equal([1_000, 1_000, 1], Server.Seen.Select(seen => seen.Json.GetProperty("messages").GetArrayLength()));
        Assert.Equal(Enumerable.Range(0, 2_001).Select(i => $"id-{i}"), ids);
    }

    [Fact]
    public async Task No_request_is_larger_than_ten_megabytes()
    {
        Server.Then(async context =>
        {
            var count = Server.Seen[^1].Json.GetProperty("messages").GetArrayLength();
            await context.Response.WriteAsJsonAsync(new { messageIds = Enumerable.Repeat("1", count) });
        });
        var messages = Enumerable.Repeat(new PubSubMessage(new byte[3_000_000]), 5).ToArray();

        var ids = await Get<PubSubPublisher>().PublishAsync("t", messages, CancellationToken.None);

        Assert.Equal(5, ids.Count);
        Assert.Equal([2, 2, 1], Server.Seen.Select(seen => seen.Json.GetProperty("messages").GetArrayLength()));
        Assert.All(Server.Seen, seen => Assert.InRange(seen.Body.Length, 1, 10_000_000));
    }

    [Fact]
    public async Task A_message_too_large_for_any_request_stops_all_before_one_is_sent()
    {
        PubSubMessage[] messages = [new("small"u8.ToArray()), new(new byte[8_000_000])];

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => Get<PubSubPublisher>().PublishAsync("t", messages, CancellationToken.None));

        Assert.Contains("Message 1", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Server.Seen);
    }

    [Fact]
    public async Task An_answer_with_too_few_ids_is_a_fault()
    {
        Server.ThenJson(200, """{"messageIds":["1"]}""");
        PubSubMessage[] messages = [new("a"u8.ToArray()), new("b"u8.ToArray())];

        await Assert.ThrowsAsync<GoogleCloudException>(() => Get<PubSubPublisher>().PublishAsync("t", messages, CancellationToken.None));
    }

    [Fact]
    public void A_message_prints_without_its_payload()
    {
        Assert.DoesNotContain("canary", new PubSubMessage("canary"u8.ToArray()).ToString(), StringComparison.Ordinal);
    }

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private async Task NumberAsync(HttpContext context)
    {
        var ids = Server.Seen[^1].Json.GetProperty("messages").EnumerateArray()
            .Select(message => "id-" + Encoding.UTF8.GetString(message.GetProperty("data").GetBytesFromBase64()));
        await context.Response.WriteAsJsonAsync(new { messageIds = ids }, Web);
    }
}
