namespace EnergyLoad.Local.ESight.Books;

internal static class BookEndpoints
{
    private const string Ndjson = "application/x-ndjson";

    public static IServiceCollection AddBooks(this IServiceCollection services) => services.AddSingleton<ReceivedBooks>();

    public static void MapBooks(this WebApplication app)
    {
        app.MapGet("/control/messages", LinesAsync);
        app.MapGet("/control/messages/bodies", BodiesAsync);
        app.MapGet("/control/state", (ReceivedBooks books) => books.Totals);
    }

    private static async Task LinesAsync(HttpContext context, ReceivedBooks books)
    {
        using var reader = books.Read();
        context.Response.ContentType = Ndjson;
        await reader.CopyLinesAsync(context.Response.Body, context.RequestAborted);
    }

    private static async Task BodiesAsync(HttpContext context, ReceivedBooks books)
    {
        using var reader = books.Read();
        context.Response.ContentType = Ndjson;
        await reader.CopyBodiesAsync(context.Response.Body, context.RequestAborted);
    }
}
