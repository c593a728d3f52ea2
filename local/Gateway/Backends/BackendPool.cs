using EnergyLoad.Local.Gateway.Contract;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>The processes behind one address, taken in turn.</summary>
internal sealed class BackendPool(Backend backend, IReadOnlyList<Uri> processes)
{
    // As it is sent: a normalising Uri would decode what the client escaped.
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string[] _prefixes = [.. processes.Select(process => process.GetLeftPart(UriPartial.Authority) + backend.PathPrefix)];
    private uint _next;

    public Uri Next(string pathAndQuery) => new(_prefixes[Interlocked.Increment(ref _next) % _prefixes.Length] + pathAndQuery, Verbatim);
}
