using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.SendApi.Tests.Hosting;

public sealed class ContractTests
{
    [Fact]
    public async Task The_gateways_file_and_the_service_have_the_same_operations()
    {
        await using var service = SendService.Build(
            new MySqlOptions { Host = "127.0.0.1", Database = "none", User = "none", Password = "none" });
        var served = ((IEndpointRouteBuilder)service).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IEndpointNameMetadata>() is not null && !PathOf(route).StartsWith("/internal/", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
                .Select(method => $"{route.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName} {method} {PathOf(route)}"));

        Assert.Equal(Declared().Order(), served.Order());
    }

    [Fact]
    public void The_reason_catalogue_has_every_code_once() =>
        Assert.Equal(Enum.GetNames<ReasonCode>().Order(), Reasons.All.Select(reason => reason.Code).Order());

    private static IEnumerable<string> Declared()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(Repository.Root, "gateway", "openapi-send.yaml"));
        yaml.Load(text);
        return from path in ((YamlMappingNode)yaml.Documents[0].RootNode["paths"]).Children
               from operation in ((YamlMappingNode)path.Value).Children
               where operation.Value is YamlMappingNode
               select $"{operation.Value["operationId"]} {operation.Key.ToString().ToUpperInvariant()} {path.Key}";
    }

    private static string PathOf(RouteEndpoint route) =>
        "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => "",
        }))));
}
