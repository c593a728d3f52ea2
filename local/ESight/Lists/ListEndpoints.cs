using EnergyLoad.Local.ESight.Access;
using EnergyLoad.Local.ESight.Behaviour;

namespace EnergyLoad.Local.ESight.Lists;

internal static class ListEndpoints
{
    public static IServiceCollection AddLists(this IServiceCollection services) => services.AddSingleton<CodeLists>();

    public static void MapLists(this WebApplication app)
    {
        app.MapGet("/sites", SitesAsync);
        app.MapGet("/meters", MetersAsync);
        app.MapPut("/control/sites", (string[] codes, CodeLists lists) => lists.Sites.Replace(codes));
        app.MapPut("/control/meters", (string[] codes, CodeLists lists) => lists.Meters.Replace(codes));
    }

    // The members' names, capitals included, are e-Sight's.
    private static Task SitesAsync(HttpContext context, AccessTokens tokens, BehaviourRules rules, CodeLists lists) =>
        ListAsync(
            context, tokens, rules, () => [.. lists.Sites.Codes.Select(code => new Dictionary<string, string> { ["SiteCode"] = code })]);

    private static Task MetersAsync(HttpContext context, AccessTokens tokens, BehaviourRules rules, CodeLists lists) =>
        ListAsync(
            context, tokens, rules, () => [.. lists.Meters.Codes.Select(code => new Dictionary<string, string> { ["MeterCode"] = code })]);

    private static Task ListAsync(
        HttpContext context, AccessTokens tokens, BehaviourRules rules, Func<IReadOnlyList<Dictionary<string, string>>> items) =>
        tokens.Accept(context.Request)
            ? Answer.SendAsync(context, rules.Take(context.Request.Path, ""), () => Results.Json(items()))
            : new Unauthorised("Bearer").ExecuteAsync(context);
}
