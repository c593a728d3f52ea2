namespace EnergyLoad.Images.Tests;

/// <summary>One instruction, its continued lines joined.</summary>
internal sealed record DockerInstruction(int Stage, string Name, string Arguments)
{
    public string[] Words => Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of a COPY: from the build context, not from another stage.</summary>
    public bool IsCopyOfContext => Name == "COPY" && !Arguments.StartsWith("--", StringComparison.Ordinal);
}
