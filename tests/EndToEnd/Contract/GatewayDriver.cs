using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>Calls the operations of one gateway's file, holds each answer against the file, and remembers which came.</summary>
internal sealed class GatewayDriver(Uri gateway, string apiKey, IReadOnlyDictionary<string, StackUser> users, string file) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly HttpClient _http = new() { BaseAddress = gateway, Timeout = Patience };
    private readonly Dictionary<string, string> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<(string Id, int Status)> _seen = [];
    private readonly List<string> _faults = [];

    public Uri Gateway => gateway;

    public IReadOnlyList<PublicOperation> Operations { get; } = PublicOperation.Of(file);

    /// <summary>Every answer that was not what the file says.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What the file documents and no call was answered.</summary>
    public IEnumerable<(string Id, int Status)> Unseen =>
        Operations.SelectMany(operation => operation.Responses.Keys.Select(status => (operation.Id, status))).Except(_seen);

    public async Task<Reply> CallAsync(Call call)
    {
        var operation = Operations.Single(candidate => candidate.Id == call.Id);
        using var request = new HttpRequestMessage(operation.Method, new Uri(PathOf(operation, call) + call.Query, UriKind.Relative));
        request.Content = call.Body is null ? null : new StringContent(call.Body, Encoding.UTF8, call.MediaType);
        request.Headers.Authorization = call.Token is null ? null : new AuthenticationHeaderValue("Bearer", call.Token);
        if (call.Key is not { Length: 0 })
        {
            request.Headers.Add("x-api-key", call.Key ?? apiKey);
        }

        if (call.Accept is not null)
        {
            request.Headers.Add("Accept", call.Accept);
        }

        using var answer = await _http.SendAsync(request);
        var faults = await AnswerCheck.FaultsAsync(operation, answer);
        lock (_faults)
        {
            _seen.Add((operation.Id, (int)answer.StatusCode));
            _faults.AddRange(faults);
        }

        return new Reply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location);
    }

    /// <summary>Calls and demands a status.</summary>
    public async Task<Reply> CallAsync(Call call, int status)
    {
        var reply = await CallAsync(call);
        Assert.True(reply.Status == status, $"{call.Id}{call.Query} {call.Body} was to be {status} and was {reply.Status}: {reply.Text}");
        return reply;
    }

    /// <summary>The token of one of the stack's users, got once.</summary>
    public async Task<string> TokenAsync(string user)
    {
        if (!_tokens.TryGetValue(user, out var token))
        {
            token = _tokens[user] = await LoginAsync(users[user]);
        }

        return token;
    }

    public async Task<string> LoginAsync(StackUser user)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/login", UriKind.Relative))
        {
            Content = JsonContent.Create(user, options: JsonSerializerOptions.Web),
        };
        request.Headers.Add("x-api-key", apiKey);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    public void Dispose() => _http.Dispose();

    private static string PathOf(PublicOperation operation, Call call)
    {
        var value = call.PathValue ?? $"{Guid.CreateVersion7()}";
        return string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? value : part));
    }
}
