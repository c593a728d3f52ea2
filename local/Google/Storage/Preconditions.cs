namespace EnergyLoad.Local.Google.Storage;

/// <summary>What must hold of the object that is there. Generation 0 is that of no object.</summary>
internal sealed record Preconditions(long? IfGenerationMatch, long? IfGenerationNotMatch)
{
    public static readonly Preconditions None = new(null, null);

    public static Preconditions Of(HttpRequest request) =>
        new(Number(request, "ifGenerationMatch"), Number(request, "ifGenerationNotMatch"));

    public static long? Number(HttpRequest request, string name) =>
        long.TryParse(request.Query[name], out var number) ? number : null;

    public bool Allow(StoredObject? there)
    {
        var generation = there?.Generation ?? 0;
        return (IfGenerationMatch is null || IfGenerationMatch == generation)
            && (IfGenerationNotMatch is null || IfGenerationNotMatch != generation);
    }
}
