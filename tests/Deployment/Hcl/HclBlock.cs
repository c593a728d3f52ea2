namespace EnergyLoad.Deployment.Tests.Hcl;

/// <summary>A block with its labels: <c>resource "type" "name" { … }</c>.</summary>
internal sealed record HclBlock(string Type, IReadOnlyList<string> Labels, HclBody Body);
