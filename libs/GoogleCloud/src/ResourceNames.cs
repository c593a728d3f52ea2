namespace EnergyLoad.GoogleCloud;

/// <summary>Turns short names into resource names of the own project; a name with a slash is full already.</summary>
internal static class ResourceNames
{
    public static string Queue(this GoogleCloudOptions options, string name) =>
        Full(name, $"projects/{options.ProjectId}/locations/{options.Location}/queues/");

    public static string Topic(this GoogleCloudOptions options, string name) => Full(name, $"projects/{options.ProjectId}/topics/");

    public static string Secret(this GoogleCloudOptions options, string name) => Full(name, $"projects/{options.ProjectId}/secrets/");

    private static string Full(string name, string prefix)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return name.Contains('/', StringComparison.Ordinal) ? name : prefix + name;
    }
}
