using EnergyLoad.Local.ESight.Access;
using EnergyLoad.Local.ESight.Behaviour;
using EnergyLoad.Local.ESight.Books;
using EnergyLoad.Local.ESight.ErrorReports;

namespace EnergyLoad.Local.ESight.Consumption;

internal static class ConsumptionEndpoints
{
    public static void MapConsumption(this WebApplication app) => app.MapPost("/consumption", ReceiveAsync);

    private static async Task ReceiveAsync(
        HttpContext context, Credentials credentials, BehaviourRules rules, ReceivedBooks books, AutomaticReports reports, TimeProvider clock)
    {
        if (rules.TakeUnread("/consumption"))
        {
            context.Abort();
            return;
        }

        var body = await ReadAsync(context.Request, context.RequestAborted);
        var receivedAt = clock.GetUtcNow();
        var receipt = Receipt.Of(body);
        var known = credentials.Write.Match(context.Request);
        var rule = known ? rules.Take("/consumption", receipt.MessageId) : null;
        var status = StatusOf(known, rule, receipt);

        books.Record(receipt.MessageId, receipt.Readings, rule?.Drop is null ? status : 0, receivedAt, body);
        if (receipt.Refused is { } errors && status is >= 200 and < 300)
        {
            var report = reports.Prepare(receipt.MessageId, errors);
            context.Response.OnCompleted(() => reports.SendSoonAsync(report));
        }

        await Answer.SendAsync(context, rule, () => Usual(status));
    }

    private static int StatusOf(bool known, BehaviourRule? rule, Receipt receipt) => (known, rule?.Status, receipt.IsJson) switch
    {
        (false, _, _) => StatusCodes.Status401Unauthorized,
        (_, { } wanted, _) => wanted,
        (_, _, true) => StatusCodes.Status200OK,
        _ => StatusCodes.Status400BadRequest,
    };

    private static IResult Usual(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new Unauthorised("Basic realm=\"e-Sight\""),
        StatusCodes.Status200OK => Results.Text("{\"status\":\"received\"}", "application/json"),
        _ => Results.StatusCode(status),
    };

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length)
        {
            var body = new byte[length];
            await request.Body.ReadExactlyAsync(body, cancellationToken);
            return body;
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
