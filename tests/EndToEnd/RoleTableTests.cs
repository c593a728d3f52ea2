using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.EndToEnd.Tests.Contract;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Every operation of both gateways, asked by every role: only the roles of the table get past the door.</summary>
[Collection(SharedStack.Name)]
public sealed class RoleTableTests(RunningStack stack)
{
    private const string Everybody = "root admin auditor backoffice sender esight user";
    private const string Managers = "root admin";
    private const string Readers = "root admin backoffice";

    private static readonly Dictionary<string, string> Allowed = new(StringComparer.Ordinal)
    {
        ["Logout"] = Everybody,
        ["GetUser"] = "root admin auditor backoffice sender user",
        ["ChangeOwnPassword"] = "root admin auditor backoffice sender user",
        ["ListUsers"] = "root admin auditor backoffice",
        ["ReadUser"] = "root admin auditor backoffice",
        ["CreateUser"] = Managers,
        ["EditUser"] = Managers,
        ["DeactivateUser"] = Managers,
        ["EndUserSessions"] = Managers,
        ["ReadAudit"] = "root admin auditor",
        ["SendMessages"] = "root admin sender",
        ["GetMessage"] = "root admin backoffice sender",
        ["SearchMessages"] = "root admin backoffice sender",
        ["GetLedger"] = Readers,
        ["ListIncidents"] = Readers,
        ["CancelMessage"] = "root admin sender",
        ["ResendMessage"] = "root admin backoffice sender",
        ["ResendMessages"] = "root admin backoffice sender",
        ["GetResend"] = "root admin backoffice sender",
        ["CancelResend"] = "root admin backoffice sender",
        ["ImportObjects"] = "root admin sender",
        ["ImportObjectsByName"] = "root admin sender",
        ["ImportObjectsByNameGet"] = "root admin sender",
        ["GetImport"] = "root admin backoffice sender",
        ["GetGate"] = Readers,
        ["PauseDelivery"] = Managers,
        ["ResumeDelivery"] = Managers,
        ["ReceiveErrorReport"] = "root admin esight",
        ["GetErrorReport"] = Readers,
        ["SearchErrorReports"] = Readers,
    };

    [Theory]
    [InlineData("openapi-send.yaml")]
    [InlineData("openapi-receive.yaml")]
    public async Task S20_S22_an_operation_is_open_to_the_roles_of_the_table_and_to_nobody_else(string file)
    {
        // Logging out comes last: what is asked after it is asked by nobody.
        var operations = PublicOperation.Of(file).Where(operation => !operation.KeyOnly).OrderBy(operation => operation.Id == "Logout")
            .ToArray();
        Assert.Empty(operations.Select(operation => operation.Id).Except(Allowed.Keys));
        var gateway = file.Contains("send", StringComparison.Ordinal) ? stack.Description.SendGateway : stack.Description.ReceiveGateway;
        var wrong = new List<string>();
        foreach (var (role, user) in await UsersAsync(gateway))
        {
            using var client = await GatewayUser.LoginAsync(gateway, stack.Description.ApiKeys["internal"], user);
            foreach (var operation in operations)
            {
                var status = await AskAsync(client, operation);
                var passed = status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                if (passed != Allowed[operation.Id].Split(' ').Contains(role))
                {
                    wrong.Add($"{operation.Id} as {role}: {(int)status}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    private static async Task<HttpStatusCode> AskAsync(GatewayUser client, PublicOperation operation)
    {
        var path = operation.Path.Replace("{file_name}", "none", StringComparison.Ordinal);
        while (path.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open)
        {
            path = $"{path[..open]}{Guid.CreateVersion7()}{path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..]}";
        }

        using var request = new HttpRequestMessage(operation.Method, new Uri(path, UriKind.Relative));
        if (operation.Method != HttpMethod.Get)
        {
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        }

        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<Dictionary<string, StackUser>> UsersAsync(Uri gateway)
    {
        var users = new Dictionary<string, StackUser>(stack.Description.Users, StringComparer.Ordinal);
        var auditor = new StackUser($"auditor-{Guid.NewGuid():n}"[..20], $"{Guid.NewGuid():n}");
        using var root = await GatewayUser.LoginAsync(gateway, stack.Description.ApiKeys["internal"], users["root"]);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/management/users/user", UriKind.Relative))
        {
            Content = JsonContent.Create(
                new { username = auditor.Username, password = auditor.Password, type = "auditor" }, options: JsonSerializerOptions.Web),
        };
        using var created = await root.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        users["auditor"] = auditor;
        return users;
    }
}
