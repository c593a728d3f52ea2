using EnergyLoad.Audit;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>A service that another team could have written: all that it knows of security are these calls.</summary>
internal static class ThirdService
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddServiceHosting("third-service");
        builder.AddMySql(AuditMigrations.Set, AuthMigrations.Set);
        builder.AddGoogleCloud();
        builder.AddEnergyLoadAudit();
        builder.AddEnergyLoadAuth();

        var app = builder.Build();
        app.UseServiceHosting();
        app.UseEnergyLoadAuth();
        app.MapEnergyLoadAuth();
        app.MapGet("/things", (CurrentUser user) => $"{user.Username} {user.Roles}").RequireGatewayUser(Role.Sender);
        app.MapGet("/late-things", (CurrentUser user) => $"{user.Username} {user.Roles}").RequireGatewayUser(Role.Sender).ChecksStandingItself();
        var both = app.MapGroup("/both").RequireGatewayUser(Role.Admin);
        both.MapGet("/things", () => "for those with both roles").RequireGatewayUser(Role.Sender);
        both.MapGet("/late-things", () => "for those with both roles").RequireGatewayUser(Role.Sender).ChecksStandingItself();
        app.MapGet("/reasons", () => "open to the gateway").RequireGatewayOnly();
        app.MapPost("/internal/tasks/drain", () => Results.NoContent()).RequireCaller(Caller.Tasks);
        app.MapPost("/internal/pubsub/error-reports", () => Results.NoContent()).RequireCaller(Caller.PubSub);
        app.MapPost("/internal/scheduler/sweep", async (AuthSweep sweep, CancellationToken token) => await sweep.RunAsync(token))
            .RequireCaller(Caller.Scheduler);
        app.MapGet("/smoke", () => "well").RequireCaller(Caller.Deployer);
        app.MapGet("/forgotten", () => "nobody said who may see this");
        return app;
    }
}
