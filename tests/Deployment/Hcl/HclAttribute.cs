namespace EnergyLoad.Deployment.Tests.Hcl;

/// <summary>A name and the text of its expression.</summary>
internal sealed record HclAttribute(string Name, string Expression)
{
    /// <summary>The expression as a plain text; null when it is anything but one literal.</summary>
    public string? Literal => Expression is ['"', .. var text, '"'] && text.AsSpan().IndexOfAny('"', '$') < 0 ? text : null;
}
