using EnergyLoad.ReceiveApi.Hosting;
using EnergyLoad.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

public sealed class ContractTests(ReceiveWorld world) : IClassFixture<ReceiveWorld>
{
    [Fact]
    public void The_gateways_file_and_the_service_have_the_same_operations()
    {
        var served = world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IEndpointNameMetadata>() is not null && !IsInternal(route))
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => $"{route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName} {method} {PathOf(route)}"));

        Assert.Equal(Declared().Order(), served.Order());
    }

    [Fact]
    public void The_reason_catalogue_names_no_code_twice() => Assert.Distinct(Reasons.All.Select(reason => reason.Code));

    [Fact]
    public async Task The_reason_catalogue_holds_the_codes_of_refusals()
    {
        var codes = (await world.GetAsync("/reasons")).GetProperty("items").EnumerateArray().Select(
            reason => reason.GetProperty("code").GetString());

        Assert.Superset(
            new HashSet<string?> { "EmptyJson", "InvalidJsonReceived", "MalformedMessage_id", "Unavailable", "LoginRefused" },
            codes.ToHashSet());
    }

    private static IEnumerable<string> Declared()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(System.IO.Path.Combine(Repository.Root, "gateway", "openapi-receive.yaml"));
        yaml.Load(text);
        return from path in ((YamlMappingNode)yaml.Documents[0].RootNode["paths"]).Children
               from operation in ((YamlMappingNode)path.Value).Children
               where operation.Value is YamlMappingNode
               select $"{operation.Value["operationId"]} {operation.Key.ToString().ToUpperInvariant()} {path.Key}";
    }

    private static bool IsInternal(RouteEndpoint route) => PathOf(route).StartsWith("/internal/", StringComparison.Ordinal);

    private static string PathOf(RouteEndpoint route) =>
        "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => "",
        }))));
}
