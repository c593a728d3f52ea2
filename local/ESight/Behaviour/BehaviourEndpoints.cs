namespace EnergyLoad.Local.ESight.Behaviour;

internal static class BehaviourEndpoints
{
    public static IServiceCollection AddBehaviour(this IServiceCollection services) => services.AddSingleton<BehaviourRules>();

    public static void MapBehaviour(this WebApplication app)
    {
        app.MapPost("/control/behaviour", Add);
        app.MapDelete("/control/behaviour", (BehaviourRules rules) => rules.Clear());
    }

    private static IResult Add(BehaviourRule rule, BehaviourRules rules)
    {
        try
        {
            rules.Add(rule);
            return Results.Ok(rule);
        }
        catch (ArgumentException notARegex)
        {
            return Results.Text(notARegex.Message, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
