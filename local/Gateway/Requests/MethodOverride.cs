namespace EnergyLoad.Local.Gateway.Requests;

/// <summary>The header replaces the method before a route is looked for: the rules of the new method apply.</summary>
internal static class MethodOverride
{
    private const string Header = "X-HTTP-Method-Override";

    public static void Apply(HttpRequest request)
    {
        if (request.Headers.Remove(Header, out var methods) && methods is [{ } method, ..])
        {
            request.Method = method;
        }
    }
}
