namespace EnergyLoad.Deployment.Tests.Hcl;

/// <summary>What stands between two braces, or in a file.</summary>
internal sealed record HclBody(IReadOnlyList<HclAttribute> Attributes, IReadOnlyList<HclBlock> Blocks)
{
    public IEnumerable<string> Names => Attributes.Select(attribute => attribute.Name);

    public string? this[string name] => Attributes.SingleOrDefault(attribute => attribute.Name == name)?.Expression;

    /// <summary>The blocks of a type and labels, such as <c>resource</c>, <c>google_sql_user</c>.</summary>
    public IEnumerable<HclBlock> Of(string type, params string[] labels) =>
        Blocks.Where(block => block.Type == type && block.Labels.Take(labels.Length).SequenceEqual(labels));

    /// <summary>Every block here, and in blocks of blocks.</summary>
    public IEnumerable<HclBlock> All => Blocks.SelectMany(block => block.Body.All.Prepend(block));
}
