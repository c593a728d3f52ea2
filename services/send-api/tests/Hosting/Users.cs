using System.Net.Http.Headers;
using System.Text.Json;
using EnergyLoad.Auth;

namespace EnergyLoad.SendApi.Tests.Hosting;

/// <summary>The users of a world, all with the password of the first root; one whose name is no role is one more sender.</summary>
internal sealed class Users(SendWorld world)
{
    private const string CopyRoot = """
        INSERT INTO user_auth_roles (id, username, password, type, creator, status)
        SELECT CONCAT('id-', @name), @name, password, @role, id, status FROM user_auth_roles WHERE username = 'first'
        """;

    private readonly Dictionary<string, string> _tokens = [];
    private string _password = "";

    public async Task CreateAsync(params string[] names)
    {
        await using var output = new StringWriter();
        Assert.Equal(
            0, await AuthCommands.RunAsync(world.Rooms.Service.Services, ["create-root", "first"], output, CancellationToken.None));
        _password = output.ToString().Trim();
        foreach (var name in names)
        {
            await world.Rooms.ExecuteAsync(CopyRoot, new { name, role = name == "other" ? "sender" : name });
            _tokens[name] = await LogInAsync(name);
        }
    }

    public string TokenOf(string name) => _tokens[name];

    private async Task<string> LogInAsync(string username)
    {
        using var request = await world.RequestAsync(HttpMethod.Post, "/login", user: null);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { username, password = _password }));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await world.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
