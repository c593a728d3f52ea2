using System.Collections.Concurrent;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>Remembers tokens whose signatures were verified; their time and audience are checked on every use.</summary>
internal sealed class VerifiedTokens
{
    private const int Capacity = 1000;
    private readonly ConcurrentDictionary<string, Jwt> _tokens = new(StringComparer.Ordinal);

    public Jwt? Find(string token) => _tokens.GetValueOrDefault(token);

    public void Add(string token, Jwt jwt)
    {
        if (_tokens.Count >= Capacity)
        {
            _tokens.Clear();
        }

        _tokens[token] = jwt;
    }
}
