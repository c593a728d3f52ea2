using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Requests that want to be taken for somebody else's, past the gateway's own blind spots.</summary>
[Collection(SharedStack.Name)]
public sealed class SpoofingTests(RunningStack stack)
{
    private StackDescription Stack => stack.Description;

    private string Key => Stack.ApiKeys["internal"];

    [Fact]
    public async Task A_token_without_an_end_passes_the_gateway_and_is_refused_by_the_service()
    {
        using var forge = new TokenForge(Stack);
        var claims = await OwnClaimsAsync();
        claims.Remove("exp");

        var answer = await AskAsync("GET /user", $"x-api-key: {Key}", $"Authorization: Bearer {await forge.SignAsync(claims)}");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("//", 403)]
    [InlineData("/x", 403)]
    public async Task An_audience_may_end_in_one_slash_and_nothing_else(string ending, int status)
    {
        using var forge = new TokenForge(Stack);
        var claims = await OwnClaimsAsync();
        claims["aud"] = claims["aud"]!.GetValue<string>() + ending;

        var answer = await AskAsync("GET /user", $"x-api-key: {Key}", $"Authorization: Bearer {await forge.SignAsync(claims)}");

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_good_token_with_padding_is_refused()
    {
        var parts = (await TokenAsync("sender")).Split('.');
        var padded = string.Join('.', parts.Select(part => part.PadRight((part.Length + 3) / 4 * 4, '=')));
        Assert.Contains('=', padded);

        var answer = await AskAsync("GET /user", $"x-api-key: {Key}", $"Authorization: Bearer {padded}");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_tokens_in_one_request_are_refused_though_each_is_good()
    {
        var (sender, root) = (await TokenAsync("sender"), await TokenAsync("root"));

        var answer = await AskAsync("GET /user", $"x-api-key: {Key}", $"Authorization: Bearer {sender}", $"Authorization: Bearer {root}");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Repeated_forged_headers_beside_a_good_token_leave_the_user_who_it_is()
    {
        var (sender, root) = (await TokenAsync("sender"), await TokenAsync("root"));
        var forged = new[] { $"X-Forwarded-Authorization: Bearer {root}", $"X-Endpoint-API-UserInfo: {root.Split('.')[1]}" };

        var answer = await AskAsync("GET /user", [.. forged, $"x-api-key: {Key}", $"Authorization: Bearer {sender}", .. forged]);

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains($"\"username\":\"{Stack.Users["sender"].Username}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_payload_beside_ones_own_signature_is_refused()
    {
        var (sender, root) = (await TokenAsync("sender"), await TokenAsync("root"));
        var mixed = $"{sender.Split('.')[0]}.{root.Split('.')[1]}.{sender.Split('.')[2]}";

        var answer = await AskAsync("GET /user", $"x-api-key: {Key}", $"Authorization: Bearer {mixed}");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/user?key=", 401)]
    [InlineData("/user?key=no-such-key", 400)]
    [InlineData("/user?api_key=no-such-key", 400)]
    public async Task A_key_in_the_query_counts_before_the_header_even_when_it_is_none(string target, int status)
    {
        var answer = await AskAsync($"GET {target}", $"x-api-key: {Key}", $"Authorization: Bearer {await TokenAsync("sender")}");

        Assert.StartsWith($"HTTP/1.1 {status}", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_method_by_override_needs_what_that_method_needs()
    {
        var sender = await TokenAsync("sender");

        var overridden = await AskAsync(
            "POST /api/v1/service/send/ledger",
            $"x-api-key: {Key}",
            $"Authorization: Bearer {sender}",
            "X-HTTP-Method-Override: GET",
            "Content-Length: 0");

        Assert.StartsWith("HTTP/1.1 403", overridden, StringComparison.Ordinal);
    }

    private async Task<string> TokenAsync(string user)
    {
        using var client = await GatewayUser.LoginAsync(Stack.SendGateway, Key, Stack.Users[user]);
        return client.Token;
    }

    private async Task<JsonObject> OwnClaimsAsync() =>
        JsonNode.Parse(Base64Url.DecodeFromChars((await TokenAsync("sender")).Split('.')[1]))!.AsObject();

    /// <summary>Line by line, as no client library would send it.</summary>
    private async Task<string> AskAsync(string request, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Stack.SendGateway.Host, Stack.SendGateway.Port);
        await using var stream = client.GetStream();
        string[] lines = [$"{request} HTTP/1.1", $"Host: {Stack.SendGateway.Authority}", .. headers, "Connection: close", "", ""];
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
