using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>Messages made at random from a seed: good ones, and good ones with one or more members spoiled.</summary>
internal sealed class MessageMutations(int seed)
{
    private static readonly string[] Paths =
    [
        "messageType", "header", "header/gatewayTypeUrn", "header/gatewayUrn", "header/messageId", "gatewayData", "gatewayData/datapointValues",
        "gatewayData/datapointValues/0", "gatewayData/datapointValues/0/datapointKey", "gatewayData/datapointValues/0/value",
        "gatewayData/datapointValues/1/tsIso8601", "header/correlationId", "more",
    ];

    private static readonly string[] Texts =
    [
        "", " ", "\t\n", "x", "a:b", "a:b:c", ":a:b", "::", "a: :c", "a:b: ", "a:b:c\n", "urn:esight:assets:edm:lu:electricity", "urn:esight:assets:edm:lu",
        "urn:esight:assets:edm::gas", "urn:esight:assets:edm:lu:a-b", "urn:esight:assets:edm:lu:a-b-c", "urn:esight:assets:edm:lu:gas\n",
        "urn:esight:assets:edm:l u:gas", "urn:esight:assets:EDM:lu:gas", "urn:esight:assets:edm:l_1:é", "2022-10-01T00:00:00Z", "2022-10-01t00:00:00z",
        "2022-10-01T00:00:00", "2022-10-01T24:00:00Z", "2022-10-01T23:59:60Z", "2022-02-29T00:00:00Z", "2024-02-29T00:00:00.123456789Z",
        "2022-10-01T00:00:00+23:59", "2022-10-01T00:00:00+24:00", "2022-10-01T00:00:00+01", "2022-10-01 00:00:00Z", "2022-10-01T00:00:00.Z",
        "2022-13-01T00:00:00Z", "2022-10-01T00:00:00Z ", "2022-10-01", new('x', 200), new('x', 201),
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next message; about half of them are good.</summary>
    public JsonNode Next()
    {
        var message = JsonNode.Parse(Sample.Message())!;
        for (var spoiled = _random.Next(3) - 1; spoiled > 0 || (spoiled == 0 && _random.Next(2) == 0); spoiled--)
        {
            Spoil(message, Paths[_random.Next(Paths.Length)].Split('/'));
        }

        return message;
    }

    private void Spoil(JsonNode message, string[] path)
    {
        var parent = path[..^1].Aggregate((JsonNode?)message, Child);
        if (parent is JsonObject there)
        {
            if (_random.Next(4) == 0)
            {
                there.Remove(path[^1]);
            }
            else
            {
                there[path[^1]] = Any();
            }
        }
        else if (parent is JsonArray { Count: > 0 } list)
        {
            list[0] = Any();
        }
    }

    private static JsonNode? Child(JsonNode? node, string name) => node switch
    {
        JsonObject one => one[name],
        JsonArray list when int.TryParse(name, out var place) && place < list.Count => list[place],
        _ => null,
    };

    private JsonNode? Any() => _random.Next(8) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(-1000, 1000)),
        2 => JsonNode.Parse("""[1, -0.5e-3, 12E+2, 123456789012345678901234567890]"""),
        3 => new JsonObject { ["a"] = true },
        4 => JsonValue.Create(false),
        5 => JsonNode.Parse(_random.Next(2) == 0 ? "[]" : "{}"),
        _ => JsonValue.Create(Texts[_random.Next(Texts.Length)]),
    };

    public static byte[] ToBytes(JsonNode message) => JsonSerializer.SerializeToUtf8Bytes(message, Written);

    // As most senders write: no escapes that JSON does not ask for.
    private static readonly JsonSerializerOptions Written =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
