namespace EnergyLoad.SendApi.Accepting;

/// <summary>The names of an object's members: mostly a few, which are looked through; of many, a set.</summary>
internal struct MemberNames
{
    private const int Few = 8;
    private List<string>? _few;
    private HashSet<string>? _many;

    /// <returns>False when the name was there.</returns>
    public bool Add(string name)
    {
        if (_many is not null)
        {
            return _many.Add(name);
        }

        _few ??= [];
        if (_few.Contains(name))
        {
            return false;
        }

        _few.Add(name);
        if (_few.Count > Few)
        {
            _many = new HashSet<string>(_few, StringComparer.Ordinal);
        }

        return true;
    }
}
