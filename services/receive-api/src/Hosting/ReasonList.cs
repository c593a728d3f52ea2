namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>The reason catalogue.</summary>
internal sealed record ReasonList(IReadOnlyList<Reason> Items);
