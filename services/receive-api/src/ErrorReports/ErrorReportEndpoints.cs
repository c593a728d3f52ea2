using System.Diagnostics;
using System.Text.Json;
using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.ReceiveApi.Hosting;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>e-Sight posts error reports; operators read them.</summary>
internal static class ErrorReportEndpoints
{
    private const string Path = "/api/v1/service/receive/errorjson";

    public static void AddErrorReports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<ErrorReportOptions, ErrorReportOptionsValidator>(ErrorReportOptions.Section);
        builder.Services.AddSingleton<Outboxes>();
        builder.Services.AddSingleton<ErrorReportStore>();
        builder.Services.AddSingleton<ErrorReportIntake>();
        builder.Services.AddSingleton<ErrorReportQueries>();
        builder.Services.AddSingleton<ErrorReportRetention>();
        builder.Services.AddSingleton<SearchRate>();
    }

    public static void MapErrorReports(this IEndpointRouteBuilder routes)
    {
        Role[] readers = [Role.Root, Role.Admin, Role.Backoffice];
        var reports = routes.MapGroup(Path);
        reports.MapPost("", ReceiveAsync).WithName("ReceiveErrorReport").Accepts<JsonElement>("application/json")
            .RequireGatewayUser(Role.Root, Role.Admin, Role.ESight).ChecksStandingItself();
        reports.MapGet("", SearchAsync).WithName("SearchErrorReports").RequireGatewayUser(readers);
        reports.MapGet("/{reportId:guid}", GetAsync).WithName("GetErrorReport").RequireGatewayUser(readers);
    }

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, ErrorReportIntake intake, ReceiveMetrics metrics, TimeProvider timeProvider)
    {
        var receivedAt = timeProvider.GetUtcNow();
        if (await RequestBody.ReadAsync(context, ErrorReportLimits.BodyBytes, timeProvider) is not { } body)
        {
            return new Problem(ProblemTypes.TooLarge);
        }

        var read = ErrorReportReader.Read(body);
        if (read is not ReadOutcome.Read { Report: var report })
        {
            metrics.Received("refused");
            return ToProblem(read);
        }

        LogSubject.IsMessage(report.Identity.SendId, report.MessageId);
        var received = new ReceivedReport(report, body, receivedAt, Activity.Current?.Id) { Check = StandingCheck.Of(context.User) };
        if (await intake.KeepAsync(received) is not { } kept)
        {
            return new Problem(ProblemTypes.Unauthorized);
        }

        ReceiveTraces.Reported(report.Identity.SendId);
        metrics.Received(kept is SaveOutcome.Repeated ? "repeated" : "kept");
        var answer = ReportAnswer.To(report, kept);
        return kept is SaveOutcome.Repeated
            ? JsonAnswer.Of(answer, ReceiveJson.Default.ReportAnswer)
            : JsonAnswer.Of(answer, ReceiveJson.Default.ReportAnswer, StatusCodes.Status201Created, $"{Path}/{kept.ReportId}");
    }

    private static Problem ToProblem(ReadOutcome refused) => refused switch
    {
        ReadOutcome.Empty => new Problem(ErrorReportProblems.EmptyJson),
        ReadOutcome.Invalid invalid => new Problem(ErrorReportProblems.InvalidJsonReceived, errors: invalid.Errors),
        ReadOutcome.OverLimit over => new Problem(ErrorReportProblems.LimitExceeded, errors: over.Errors),
        _ => throw new UnreachableException(),
    };

    private static async Task<IResult> SearchAsync(
        [AsParameters] SearchParameters query,
        CurrentUser user,
        SearchRate rate,
        ErrorReportQueries reports,
        CancellationToken cancellationToken)
    {
        if (rate.WaitOf(user.UserId) is { } wait)
        {
            return new Problem(ProblemTypes.TooManyRequests, retryAfter: wait);
        }

        var (filter, faults) = SearchFilter.Parse(query);
        return filter is null
            ? new Problem(ErrorReportProblems.InvalidQuery, errors: faults)
            : JsonAnswer.Of(await reports.SearchAsync(filter, cancellationToken), ReceiveJson.Default.ReportPage);
    }

    private static async Task<IResult> GetAsync(Guid reportId, ErrorReportQueries reports, CancellationToken cancellationToken) =>
        await reports.FindAsync(reportId, cancellationToken) is { } report
            ? JsonAnswer.Of(report, ReceiveJson.Default.ReportView)
            : new Problem(ProblemTypes.NotFound);
}
