using System.Text;
using EnergyLoad.Local.ESight.Books;

namespace EnergyLoad.Local.ESight.ErrorReports;

internal static class ErrorReportEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static IServiceCollection AddErrorReports(this IServiceCollection services)
    {
        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            Timeout = TimeSpan.FromSeconds(30),
        });
        services.AddSingleton<GatewayLogin>().AddSingleton<ReceiveGateway>();
        services.AddSingleton<PendingReports>().AddSingleton<AutomaticReports>();
        return services.AddHostedService<ReportSender>();
    }

    public static void MapErrorReports(this WebApplication app) => app.MapPost("/control/error-report", PostAsync);

    private static async Task PostAsync(
        HttpContext context, WantedReport wanted, ReceivedBooks books, ReceiveGateway gateway, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var errors = Encoding.UTF8.GetBytes(wanted.Errors.GetRawText());
        var report = ErrorReport.Create(wanted.Id, wanted.MessageId, books.FirstReceived(wanted.MessageId, now), errors);
        var answer = await gateway.PostAsync(report, context.RequestAborted);
        while (answer.IsUnavailable && clock.GetUtcNow() - now < Patience)
        {
            await Task.Delay(Pause, clock, context.RequestAborted);
            answer = await gateway.PostAsync(report, context.RequestAborted);
        }

        context.Response.StatusCode = answer.Status == 0 ? StatusCodes.Status502BadGateway : answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }
}
