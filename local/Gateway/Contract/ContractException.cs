namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>The contract is one that ESPv2 or Endpoints would refuse, or uses what this gateway does not do.</summary>
public sealed class ContractException(string message) : Exception(message);
