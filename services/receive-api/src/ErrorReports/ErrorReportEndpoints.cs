using System.Diagnostics;
using System.Text.Json;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>e-Sight posts error reports; operators read them.</summary>
internal static class ErrorReportEndpoints
{
    private const string Path = "/api/v1/service/receive/errorjson";

    public static void AddErrorReports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Outboxes>();
        builder.Services.AddSingleton<ErrorReportStore>();
        builder.Services.AddSingleton<ErrorReportIntake>();
        builder.Services.AddSingleton<ErrorReportQueries>();
    }

    public static void MapErrorReports(this IEndpointRouteBuilder routes)
    {
        Role[] readers = [Role.Root, Role.Admin, Role.Backoffice];
        var reports = routes.MapGroup(Path);
        reports.MapPost("", ReceiveAsync).WithName("ReceiveErrorReport").Accepts<JsonElement>("application/json")
            .RequireGatewayUser(Role.Root, Role.Admin, Role.ESight);
        reports.MapGet("", SearchAsync).WithName("SearchErrorReports").RequireGatewayUser(readers);
        reports.MapGet("/{reportId:guid}", GetAsync).WithName("GetErrorReport").RequireGatewayUser(readers);
    }

    private static async Task<Results<Created<ReportAnswer>, Ok<ReportAnswer>, Problem>> ReceiveAsync(
        HttpContext context, ErrorReportIntake intake, TimeProvider timeProvider)
    {
        var receivedAt = timeProvider.GetUtcNow();
        if (await RequestBody.ReadAsync(context, ErrorReportLimits.BodyBytes, timeProvider) is not { } body)
        {
            return new Problem(ProblemTypes.TooLarge);
        }

        return ErrorReportReader.Read(body) switch
        {
            ReadOutcome.Read read => await KeepAsync(new ReceivedReport(read.Report, body, receivedAt, Activity.Current?.Id), intake),
            ReadOutcome.Empty => new Problem(ErrorReportProblems.EmptyJson),
            ReadOutcome.Invalid invalid => new Problem(ErrorReportProblems.InvalidJsonReceived, errors: invalid.Errors),
            ReadOutcome.OverLimit over => new Problem(ErrorReportProblems.LimitExceeded, errors: over.Errors),
            _ => throw new UnreachableException(),
        };
    }

    private static async Task<Results<Created<ReportAnswer>, Ok<ReportAnswer>, Problem>> KeepAsync(ReceivedReport received, ErrorReportIntake intake)
    {
        var outcome = await intake.KeepAsync(received);
        var answer = ReportAnswer.To(received.Report, outcome);
        return outcome is SaveOutcome.Repeated ? TypedResults.Ok(answer) : TypedResults.Created($"{Path}/{outcome.ReportId}", answer);
    }

    private static async Task<Results<Ok<ReportPage>, Problem>> SearchAsync(
        [AsParameters] SearchParameters query, ErrorReportQueries reports, CancellationToken cancellationToken)
    {
        var (filter, faults) = SearchFilter.Parse(query);
        return filter is null
            ? new Problem(ErrorReportProblems.InvalidQuery, errors: faults)
            : TypedResults.Ok(await reports.SearchAsync(filter, cancellationToken));
    }

    private static async Task<Results<Ok<ReportView>, Problem>> GetAsync(
        Guid reportId, ErrorReportQueries reports, CancellationToken cancellationToken) =>
        await reports.FindAsync(reportId, cancellationToken) is { } report ? TypedResults.Ok(report) : new Problem(ProblemTypes.NotFound);
}
