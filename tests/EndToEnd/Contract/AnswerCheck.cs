using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>Whether an answer is what the gateway's file says of its operation and status.</summary>
internal static class AnswerCheck
{
    private const string ProblemJson = "application/problem+json";

    // The gateway's own refusals, which the file's GatewayError describes; their order of members is not fixed.
    private static readonly JsonObject GatewayError = new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("code", "message"),
        ["properties"] = new JsonObject
        {
            ["code"] = new JsonObject { ["type"] = "integer" },
            ["message"] = new JsonObject { ["type"] = "string" },
        },
    };

    public static async Task<IReadOnlyList<string>> FaultsAsync(PublicOperation operation, HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        if (!operation.Responses.TryGetValue(status, out var response))
        {
            return [$"the file of {operation.Id} does not know {status}: {await answer.Content.ReadAsStringAsync()}"];
        }

        var faults = await BodyFaultsAsync(operation, response, answer);
        return
        [
            .. faults.Concat(HeaderFaults(response, answer)).Select(fault => $"{operation.Id} {status}: {fault}"),
        ];
    }

    private static async Task<IReadOnlyList<string>> BodyFaultsAsync(
        PublicOperation operation, JsonObject response, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadAsByteArrayAsync();
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (response["schema"] is not JsonObject schema)
        {
            return body.Length == 0 ? [] : ["a body where the file has none"];
        }

        if ((int)answer.StatusCode < 400)
        {
            return type is not null && operation.Produces.Contains(type) ? Success(body, type, schema) : [$"of type {type}"];
        }

        return type switch
        {
            ProblemJson => Problem(body, schema, answer),
            "application/json" => Json(body, GatewayError),
            _ => [$"a refusal of type {type}"],
        };
    }

    private static IReadOnlyList<string> Success(byte[] body, string type, JsonObject schema)
    {
        if (type != "text/plain")
        {
            return Json(body, schema);
        }

        // The login's token as text is what its document calls access_token.
        var text = schema["properties"]?["access_token"]?.AsObject() ?? schema;
        return SchemaCheck.OfAnswer(JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(body)), text);
    }

    private static IReadOnlyList<string> Problem(byte[] body, JsonObject schema, HttpResponseMessage answer)
    {
        var faults = Json(body, schema);
        if (faults.Count > 0)
        {
            return faults;
        }

        var problem = JsonElement.Parse(body);
        var (status, code) = (problem.GetProperty("status").GetInt32(), problem.GetProperty("code").GetString());
        return status != (int)answer.StatusCode ? [$"a problem of status {status}"]
            : problem.GetProperty("type").GetString() != $"/reasons#{code}" ? [$"a type that is not the anchor of {code}"]
            : [];
    }

    private static IReadOnlyList<string> Json(byte[] body, JsonObject schema)
    {
        try
        {
            return SchemaCheck.OfAnswer(JsonElement.Parse(body), schema);
        }
        catch (JsonException)
        {
            return ["not JSON"];
        }
    }

    private static IEnumerable<string> HeaderFaults(JsonObject response, HttpResponseMessage answer)
    {
        var all = answer.Headers.Concat(answer.Content.Headers);
        var headers = all.Select(header => header.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fromGateway = (int)answer.StatusCode >= 400 && answer.Content.Headers.ContentType?.MediaType != ProblemJson;
        var expected = fromGateway ? [] : response["headers"]?.AsObject().Where(IsAlwaysThere).Select(header => header.Key) ?? [];
        foreach (var name in expected.Where(name => !headers.Contains(name)))
        {
            yield return $"no {name}";
        }

        foreach (var name in new[] { "Server", "X-Powered-By" }.Where(headers.Contains))
        {
            yield return $"{name} tells what runs";
        }
    }

    private static bool IsAlwaysThere(KeyValuePair<string, JsonNode?> header) => header.Value!["x-optional"] is null;
}
