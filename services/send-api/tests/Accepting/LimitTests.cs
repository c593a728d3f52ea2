using System.Globalization;
using System.Text.Json;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.Testing;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>The limits that the validator keeps are those that the public contract states.</summary>
public sealed class LimitTests
{
    private static readonly YamlNode OpenApi = ReadOpenApi();
    private static readonly JsonElement Schema = JsonElement.Parse(File.ReadAllBytes(PathOf("message.v1.schema.json")));

    [Fact]
    public void S23_the_limits_are_stated_in_the_gateways_file()
    {
        var definitions = OpenApi["definitions"];
        var header = definitions["MessageHeader"]["properties"];
        var reading = definitions["Reading"]["properties"];
        foreach (var text in new[]
        {
            definitions["Message"]["properties"]["messageType"], header["gatewayTypeUrn"], header["gatewayUrn"], header["messageId"], reading["datapointKey"],
        })
        {
            Assert.Equal(MessageLimits.TextBytes, NumberOf(text, "maxLength"));
        }

        Assert.Equal(MessageLimits.Readings, NumberOf(definitions["GatewayData"]["properties"]["datapointValues"], "maxItems"));
        Assert.Equal(MessageLimits.BatchMessages, NumberOf(definitions["Messages"]["x-one-of"][1], "maxItems"));
        Says(reading["value"], $"at most {MessageLimits.NumberBytes} characters, exponent from -{MessageLimits.NumberExponent} to {MessageLimits.NumberExponent}");
        Says(reading["tsIso8601"], $"From {MessageLimits.Earliest.Year} up to {MessageLimits.Latest.Year}");
        Says(OpenApi["info"], $"{new ServiceOptions().MaximumBodyBytes / 1024 / 1024} MiB");
        Says(OpenApi["info"], $"{MessageLimits.Depth} levels");
    }

    [Fact]
    public void S23_the_limits_are_stated_in_the_schema_of_a_message()
    {
        var limits = Members(Schema, "maxLength").ToHashSet();
        Assert.Equal([MessageLimits.TextBytes], limits);
        Assert.Equal([MessageLimits.Readings], Members(Schema, "maxItems"));
        var words = Schema.GetProperty("description").GetString();
        foreach (var limit in new[]
        {
            $"{MessageLimits.BatchMessages:N0}", $"{MessageLimits.Depth} levels", $"{MessageLimits.TextBytes} bytes", $"{MessageLimits.NumberBytes} characters",
            $"beyond {MessageLimits.NumberExponent}", $"before {MessageLimits.Earliest.Year}", $"after {MessageLimits.Latest.Year - 1}",
        })
        {
            Assert.Contains(limit, words, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<int> Members(JsonElement json, string name) => json.ValueKind switch
    {
        JsonValueKind.Object =>
            json.EnumerateObject().SelectMany(member => member.Name == name ? [member.Value.GetInt32()] : Members(member.Value, name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(item => Members(item, name)),
        _ => [],
    };

    private static int NumberOf(YamlNode node, string name) => int.Parse(node[name].ToString(), CultureInfo.InvariantCulture);

    private static void Says(YamlNode node, string words) =>
        Assert.Contains(words, node["description"].ToString(), StringComparison.Ordinal);

    private static YamlNode ReadOpenApi()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(PathOf("openapi-send.yaml"));
        yaml.Load(text);
        return yaml.Documents[0].RootNode;
    }

    private static string PathOf(string file) => Path.Combine(Repository.Root, "gateway", file);
}
