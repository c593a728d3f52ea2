namespace EnergyLoad.Hosting;

/// <summary>Something secret by which we are known elsewhere. Its type must not print its members.</summary>
public interface ICredential
{
    /// <summary>What is wrong with it, in words that quote nothing of it; null when nothing is.</summary>
    string? Fault { get; }
}
