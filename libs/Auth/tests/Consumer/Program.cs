using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;

// A third service, of a team that knows these libraries from the feed alone.
var builder = WebApplication.CreateBuilder();
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
app.MapGet("/reasons", () => "for every client with a key").RequireGatewayOnly();
app.MapPost("/internal/tasks/drain", () => Results.NoContent()).RequireCaller(Caller.Tasks);
return await app.RunAsync(args, MigrateCommand.RunAsync, AuthCommands.RunAsync);
