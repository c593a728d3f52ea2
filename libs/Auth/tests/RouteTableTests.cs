using System.Net;
using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Auth.Tests;

/// <summary>
/// Statement 20: every route has a policy, the gateways' files and the service agree, and every role is tried on every route.
/// </summary>
public sealed class RouteTableTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    /// <summary>The role table of the README.</summary>
    private static readonly Dictionary<string, Role[]> Allowed = new()
    {
        ["Logout"] = [.. RoleSet.All],
        ["GetUser"] = [Role.Root, Role.Admin, Role.Auditor, Role.Backoffice, Role.Sender, Role.User],
        ["ChangeOwnPassword"] = [Role.Root, Role.Admin, Role.Auditor, Role.Backoffice, Role.Sender, Role.User],
        ["ListUsers"] = [Role.Root, Role.Admin, Role.Auditor, Role.Backoffice],
        ["ReadUser"] = [Role.Root, Role.Admin, Role.Auditor, Role.Backoffice],
        ["CreateUser"] = [Role.Root, Role.Admin],
        ["EditUser"] = [Role.Root, Role.Admin],
        ["DeactivateUser"] = [Role.Root, Role.Admin],
        ["EndUserSessions"] = [Role.Root, Role.Admin],
        ["ReadAudit"] = [Role.Root, Role.Admin, Role.Auditor],
    };

    private readonly World _world = fixture.World;
    private readonly RunningService _service = fixture.Service;

    public static TheoryData<string> Files => ["openapi-send.yaml", "openapi-receive.yaml"];

    public static TheoryData<string, string, string> Operations
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (operation, method, path, _) in Declared("openapi-send.yaml").Where(route => Allowed.ContainsKey(route.Operation)))
            {
                data.Add(operation, method, path);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void S20_the_routes_of_this_library_are_in_the_gateways_file_under_the_same_name_and_with_the_same_protection(string file)
    {
        var declared = Declared(file).Where(route => Allowed.ContainsKey(route.Operation) || route.Operation == "Login")
            .Select(route => $"{route.Operation} {route.Method} {route.Path} {(route.NeedsUser ? "key and token" : "key")}");
        var mapped = Endpoints().Where(endpoint => endpoint.Name is { } name && (Allowed.ContainsKey(name) || name == "Login"))
            .Select(
                endpoint => $"{endpoint.Name} {endpoint.Method} {endpoint.Path} {(endpoint.Access!.NeedsUser ? "key and token" : "key")}");

        Assert.Equal(declared.Order(), mapped.Order());
    }

    [Fact]
    public void S20_every_route_says_who_may_use_it()
    {
        var open = Endpoints().Where(endpoint => endpoint.Access is null && !endpoint.IsAnonymous).Select(endpoint => endpoint.Path);
        var anonymous = Endpoints().Where(endpoint => endpoint.IsAnonymous).Select(endpoint => endpoint.Path);

        Assert.Equal(["/forgotten"], open);
        Assert.Equal(["/health/live", "/health/ready", "/health/startup"], anonymous.Order());
    }

    [Fact]
    public void S20_the_role_table_of_the_tests_is_the_one_in_force()
    {
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.Name is { } name && Allowed.ContainsKey(name)))
        {
            var roles = endpoint.Access!.Roles.Count == 0 ? RoleSet.All : endpoint.Access.Roles;
            Assert.Equal(new RoleSet(Allowed[endpoint.Name!]), roles);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task S20_every_role_is_let_in_or_refused_on_somebody_elses_object_as_the_table_says(
        string operation, string method, string path)
    {
        foreach (var role in RoleSet.All)
        {
            var actor = await _world.SessionAsync(role);
            var victim = await _world.UserAsync(Role.Sender);
            var target = path.Replace("{id}", victim.Id, StringComparison.Ordinal);

            using var response = await GatewayClient.SendAsync(
                _service.Client().Request(new HttpMethod(method), target, actor.Token, method is "POST" or "PATCH" ? "{}" : null));

            var refused = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
            Assert.True(refused != Allowed[operation].Contains(role), $"{role} on {operation}: {(int)response.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task S20_without_a_token_without_a_role_or_with_a_dead_token_nothing_opens(string operation, string method, string path)
    {
        var nobody = await _world.SessionAsync();
        var dead = await _world.SessionAsync(Role.Root);
        await _world.ExecuteAsync("UPDATE user_auth_roles SET status = 'deactivated' WHERE id = @Id", dead.User);
        var target = path.Replace("{id}", nobody.User.Id, StringComparison.Ordinal);
        var client = _service.Client();

        await GatewayClient.SendAsync(client.Request(new HttpMethod(method), target)).RefusedAsync(HttpStatusCode.Unauthorized);
        await GatewayClient.SendAsync(client.Request(new HttpMethod(method), target, dead.Token)).RefusedAsync(HttpStatusCode.Unauthorized);
        if (operation != "Logout")
        {
            await GatewayClient.SendAsync(client.Request(new HttpMethod(method), target, nobody.Token, method is "POST" or "PATCH" ? "{}" : null)).RefusedAsync(HttpStatusCode.Forbidden);
        }
    }

    private static List<Route> Declared(string file)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Repository.Root, "gateway", file));
        yaml.Load(reader);
        var root = (YamlMappingNode)yaml.Documents[0].RootNode;
        var routes =
            from path in (YamlMappingNode)root["paths"]
            from operation in (YamlMappingNode)path.Value
            where operation.Value is YamlMappingNode
            let node = (YamlMappingNode)operation.Value
            select new Route($"{node["operationId"]}", $"{operation.Key}".ToUpperInvariant(), $"{path.Key}", NeedsUser(node));
        return [.. routes];
    }

    private static bool NeedsUser(YamlMappingNode operation) =>
        !operation.Children.TryGetValue("security", out var security)
            || ((YamlMappingNode)((YamlSequenceNode)security)[0]).Children.ContainsKey("edm_jwt");

    private IEnumerable<Mapped> Endpoints() =>
        from endpoint in _service.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select new Mapped(
            endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName,
            string.Join(',', methods),
            endpoint.RoutePattern.RawText!,
            endpoint.Metadata.GetMetadata<RouteAccess>(),
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null);

    private sealed record Route(string Operation, string Method, string Path, bool NeedsUser);

    private sealed record Mapped(string? Name, string Method, string Path, RouteAccess? Access, bool IsAnonymous);
}
