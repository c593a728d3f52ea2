namespace EnergyLoad.Local.Google.Answers;

/// <summary>Turns a body that cannot be bound into the refusal that Google gives.</summary>
internal static class MalformedBodies
{
    public static void UseMalformedBodies(this WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
        {
            await GoogleError.Invalid(exception.Message).ExecuteAsync(context);
        }
    });
}
