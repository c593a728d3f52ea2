namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>What is installed on this machine.</summary>
internal static class Machine
{
    /// <summary>The file of a program on the path, its links followed; null when there is none.</summary>
    public static string? Find(string program)
    {
        var file = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
        return file is null ? null : File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
    }
}
