using EnergyLoad.Audit;
using EnergyLoad.Local.Launcher.Databases;
using EnergyLoad.MySql;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Deployment.Tests.Services;

public sealed class RightsTests
{
    [Theory]
    [InlineData(DeployedService.Send)]
    [InlineData(DeployedService.Receive)]
    public async Task What_migrate_gives_a_service_in_the_cloud_is_what_it_has_on_one_machine(string service)
    {
        await using var app = DeployedService.Build(service);
        var given = app.Services.GetServices<AccountRole>().Single(role => role.Name == "service").Grants("db", "account");

        var grants = service == DeployedService.Send ? Grants.SendApi : Grants.ReceiveApi;
        var here = grants.Select(grant => $"GRANT {grant.Rights} ON `db`.{grant.Table} TO account")
            .Concat(AuditGrants.Service("db", "account"));
        Assert.Equal(here.Order(StringComparer.Ordinal), given.Order(StringComparer.Ordinal));
    }
}
