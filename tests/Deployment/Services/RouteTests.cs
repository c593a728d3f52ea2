using EnergyLoad.Deployment.Tests.Terraform;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>What Google's products and the pipeline call, the services have.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task Pub_Sub_pushes_to_a_route_of_send_api()
    {
        var subscription = Infrastructure.Resource("events", "google_pubsub_subscription", "send_api");
        await HasAsync(DeployedService.Send, PathOf(subscription.Of("push_config").Single().Body["push_endpoint"]!));
    }

    [Theory]
    [InlineData(DeployedService.Send)]
    [InlineData(DeployedService.Receive)]
    public async Task Cloud_Scheduler_sweeps_by_a_route_of_each_service(string service)
    {
        var job = Infrastructure.Resource("wake-ups", "google_cloud_scheduler_job", "sweep");
        await HasAsync(service, PathOf(job.Of("http_target").Single().Body["uri"]!));
    }

    [Theory]
    [InlineData(DeployedService.Send)]
    [InlineData(DeployedService.Receive)]
    public async Task Cloud_Run_and_the_smoke_test_probe_routes_of_each_service(string service)
    {
        await HasAsync(service, "/health/ready");
        await HasAsync(service, "/health/live");
        await HasAsync(service, "/health");
        var probes = Infrastructure.Resource("service", "google_cloud_run_v2_service", "this").All
            .Where(block => block.Type == "http_get").Select(block => block.Body["path"]!);
        Assert.Equal(["/health/ready", "/health/live"], probes.Select(path => path.Split('"')[^2]));
        var smoke = await File.ReadAllTextAsync(Path.Combine(Infrastructure.Folder, "modules/pipeline/smoke.sh"));
        Assert.Contains("expect /health/ready 200", smoke, StringComparison.Ordinal);
    }

    private static async Task HasAsync(string service, string path)
    {
        await using var app = DeployedService.Build(service);
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        Assert.Contains(routes, route => $"/{route.RoutePattern.RawText!.TrimStart('/')}" == path);
    }

    // "${each.value}/internal/…" without the address.
    private static string PathOf(string expression) => expression.Trim('"')[(expression.IndexOf('}', StringComparison.Ordinal))..];
}
