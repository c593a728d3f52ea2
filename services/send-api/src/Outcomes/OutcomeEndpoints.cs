using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes.Ageing;
using EnergyLoad.SendApi.Outcomes.Cancelling;
using EnergyLoad.SendApi.Outcomes.Incidents;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Outcomes.Refusals;
using EnergyLoad.SendApi.Outcomes.Resending;
using EnergyLoad.SendApi.Outcomes.Retention;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What became of messages, and why.</summary>
internal static class OutcomeEndpoints
{
    // The most that Pub/Sub delivers, 10 MB, in base64 and with its envelope.
    private const int LargestPush = 16 * 1024 * 1024;
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromHours(24);

    public static void AddOutcomes(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<OutcomeOptions, OutcomeOptionsValidator>(OutcomeOptions.Section);
        builder.Services.AddSingleton<StatusStore>();
        builder.Services.AddSingleton<LedgerStore>();
        builder.Services.AddSingleton<ErrorEventStore>();
        builder.Services.AddSingleton<ErrorEventIntake>();
        builder.Services.AddSingleton<DeadLetters>();
        builder.Services.AddSingleton<ErrorEventProcess>();
        builder.Services.AddSingleton<OutcomeFollower>();
        builder.Services.AddSingleton(SweepStep.Of<ErrorEventProcess>("quarantine", (errors, token) => errors.ReleaseAsync(token)));
        builder.Services.AddSingleton(SweepStep.Of<OutcomeFollower>("search", (follower, token) => follower.SweepAsync(token)));
        builder.AddSearch();
        builder.AddCancelling();
        builder.AddResending();
        builder.AddIncidents();
        builder.Services.AddSingleton<RefusalBook>();
        builder.Services.AddSingleton<AgeingBook>();
        builder.Services.AddSingleton(SweepStep.Of<AgeingBook>("ageing", (ages, token) => ages.RunAsync(token)));
        builder.AddPublishing();
        builder.Services.AddSingleton<MessageRetention>();
        builder.Services.AddSingleton(SweepStep.Of<MessageRetention>("retention", (retention, token) => retention.RunAsync(token)));
        builder.Services.AddSingleton<BooksRetention>();
        builder.Services.AddSingleton(SweepStep.Of<BooksRetention>("retention of books", (retention, token) => retention.RunAsync(token)));
    }

    public static void MapOutcomes(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/api/v1/service/send");
        messages.MapSearch();
        messages.MapCancelling();
        messages.MapResending();
        messages.MapIncidents();
        routes.MapPublishing();
        messages.MapGet("/{sendId}", FindAsync).WithName("GetMessage").RequireGatewayUser(
            Role.Root, Role.Admin, Role.Backoffice, Role.Sender);
        messages.MapGet("/ledger", CountAsync).WithName("GetLedger").RequireGatewayUser(Role.Root, Role.Admin, Role.Backoffice);
        routes.MapGet("/reasons", ListReasons).WithName("GetReasons").RequireGatewayOnly();
        routes.MapPost("/internal/pubsub/error-reports", TakeErrorEventAsync).WithName("TakeErrorEvent").RequireCaller(Caller.PubSub);
    }

    private static async Task<IResult> FindAsync(string sendId, CurrentUser user, StatusStore store, CancellationToken cancellationToken)
    {
        var status = SendId.TryParse(sendId, out var id) ? await store.FindAsync(id, cancellationToken) : null;

        // A sender that asks for another's message learns no more than for one that is not there.
        return status is null || !user.MaySee(status.Sender)
            ? new Problem(ProblemTypes.NotFound, "There is no message of this send id.")
            : JsonAnswer.Of(status, SendJson.Default.MessageStatus);
    }

    private static async Task<IResult> CountAsync(
        LedgerStore store, TimeProvider timeProvider, CancellationToken cancellationToken,
        string? from = null, string? to = null, string? groupBy = null)
    {
        var end = timeProvider.GetUtcNow() + TimeSpan.FromMinutes(1);
        var reading = new QueryReading();
        var last = reading.Instant("to", to) ?? end;
        var first = reading.Instant("from", from) ?? last - DefaultPeriod;
        var grouping = reading.Word<LedgerGrouping>("groupBy", groupBy);
        return reading.Faults.Count > 0
            ? new Problem(QueryReading.InvalidQuery, errors: reading.Faults)
            : JsonAnswer.Of(await store.CountAsync(first, last, grouping, cancellationToken), SendJson.Default.LedgerView);
    }

    private static IResult ListReasons() => JsonAnswer.Of(new ReasonList([.. Reasons.All]), SendJson.Default.ReasonList);

    private static async Task<IResult> TakeErrorEventAsync(
        HttpContext context, ErrorEventProcess process, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (await RequestBody.ReadAsync(context, LargestPush, timeProvider) is not { } push)
        {
            return new Problem(ProblemTypes.TooLarge);
        }

        await process.TakeAsync(push, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>The reason catalogue as the route shows it.</summary>
internal sealed record ReasonList(IReadOnlyList<Reason> Items);
