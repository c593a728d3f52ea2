using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What became of messages, and why.</summary>
internal static class OutcomeEndpoints
{
    private static readonly TimeSpan DefaultPeriod = TimeSpan.FromHours(24);
    private static readonly ProblemType InvalidQuery = new("InvalidQuery", StatusCodes.Status422UnprocessableEntity, "Not a valid query");

    public static void AddOutcomes(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<StatusStore>();
        builder.Services.AddSingleton<LedgerStore>();
        builder.Services.AddSingleton<ErrorEventStore>();
        builder.Services.AddSingleton<ErrorEventProcess>();
    }

    public static void MapOutcomes(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/api/v1/service/send");
        messages.MapGet("/{sendId}", FindAsync).WithName("GetMessage").RequireGatewayUser(Role.Root, Role.Admin, Role.Backoffice, Role.Sender);
        messages.MapGet("/ledger", CountAsync).WithName("GetLedger").RequireGatewayUser(Role.Root, Role.Admin, Role.Backoffice);
        routes.MapGet("/reasons", ListReasons).WithName("GetReasons").RequireGatewayOnly();
        routes.MapPost("/internal/pubsub/error-reports", TakeErrorEventAsync).WithName("TakeErrorEvent").RequireCaller(Caller.PubSub);
    }

    private static async Task<IResult> FindAsync(string sendId, CurrentUser user, StatusStore store, CancellationToken cancellationToken)
    {
        var status = SendId.TryParse(sendId, out var id) ? await store.FindAsync(id, cancellationToken) : null;

        // A sender that asks for another's message learns no more than for one that is not there.
        return status is null || !(status.Sender == user.Username || user.HasAny(Role.Root, Role.Admin, Role.Backoffice))
            ? new Problem(ProblemTypes.NotFound, "There is no message of this send id.")
            : TypedResults.Json(status, SendJson.Default.MessageStatus);
    }

    private static async Task<IResult> CountAsync(
        LedgerStore store, TimeProvider timeProvider, CancellationToken cancellationToken, string? from = null, string? to = null, string? groupBy = null)
    {
        var end = timeProvider.GetUtcNow() + TimeSpan.FromMinutes(1);
        var faults = new List<ProblemError>();
        var last = ReadInstant(to, "to", faults) ?? end;
        var first = ReadInstant(from, "from", faults) ?? last - DefaultPeriod;
        LedgerGrouping? grouping = Enum.TryParse<LedgerGrouping>(groupBy, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        if (groupBy is not null && grouping is null)
        {
            faults.Add(new("groupBy", InvalidQuery.Code, "groupBy is hour, day, market, feed or sender."));
        }

        return faults.Count > 0
            ? new Problem(InvalidQuery, errors: faults)
            : TypedResults.Json(await store.CountAsync(first, last, grouping, cancellationToken), SendJson.Default.LedgerView);
    }

    private static IResult ListReasons() => TypedResults.Json(new ReasonList([.. Reasons.All]), SendJson.Default.ReasonList);

    private static async Task<IResult> TakeErrorEventAsync(PushEnvelope envelope, ErrorEventProcess process, CancellationToken cancellationToken)
    {
        await process.TakeAsync(envelope, cancellationToken);
        return TypedResults.NoContent();
    }

    private static DateTimeOffset? ReadInstant(string? text, string name, List<ProblemError> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (Instant.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var ticks))
        {
            return new DateTimeOffset(ticks, TimeSpan.Zero);
        }

        faults.Add(new(name, InvalidQuery.Code, $"{name} is a date-time with an offset or Z."));
        return null;
    }
}

/// <summary>The reason catalogue as the route shows it.</summary>
internal sealed record ReasonList(IReadOnlyList<Reason> Items);
