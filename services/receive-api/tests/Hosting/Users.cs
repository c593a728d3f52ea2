using System.Net.Http.Headers;
using System.Text.Json;
using EnergyLoad.Auth;
using EnergyLoad.MySql;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

/// <summary>The users of a world: one per role, all with the password of the first root.</summary>
internal sealed class Users(ReceiveWorld world)
{
    private const string CopyRoot = """
        INSERT INTO user_auth_roles (id, username, password, type, creator, status)
        SELECT CONCAT('id-', @role), @role, password, @role, id, status FROM user_auth_roles WHERE username = 'first'
        """;

    private readonly Dictionary<string, string> _tokens = [];
    private string _password = "";

    public async Task CreateAsync(params string[] roles)
    {
        await using var output = new StringWriter();
        Assert.Equal(0, await AuthCommands.RunAsync(world.Services, ["create-root", "first"], output, CancellationToken.None));
        _password = output.ToString().Trim();
        foreach (var role in roles)
        {
            await world.Services.GetRequiredService<Database>().ExecuteAsync(CopyRoot, new { role }, CancellationToken.None);
            _tokens[role] = await LogInAsync(role);
        }
    }

    public string TokenOf(string role) => _tokens[role];

    private async Task<string> LogInAsync(string username)
    {
        using var request = await world.RequestAsync(HttpMethod.Post, "/login", role: null);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { username, password = _password }));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await world.Http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
