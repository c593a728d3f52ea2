using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyLoad.Local.ESight.Behaviour;

/// <summary>Sends an answer as a rule wants it: late, with another status, or cut off.</summary>
internal static class Answer
{
    private static readonly byte[] Fragment = "{\"status\":"u8.ToArray();

    public static async Task SendAsync(HttpContext context, BehaviourRule? rule, Func<IResult> usual)
    {
        if (rule?.LatencyMs > 0)
        {
            await Task.Delay(rule.LatencyMs, context.RequestAborted);
        }

        if (rule?.Drop is { } drop)
        {
            await CutAsync(context, drop);
            return;
        }

        if (rule?.RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        var answer = rule?.Status is { } status and not StatusCodes.Status200OK ? Results.StatusCode(status) : usual();
        await answer.ExecuteAsync(context);
    }

    private static async Task CutAsync(HttpContext context, Drop drop)
    {
        if (drop == Drop.MidAnswer)
        {
            context.Response.ContentLength = Fragment.Length * 2;
            await context.Response.Body.WriteAsync(Fragment, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }

        context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
    }
}
