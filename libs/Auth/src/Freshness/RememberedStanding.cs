namespace EnergyLoad.Auth.Freshness;

/// <summary>
/// How a token stood when it was last asked about. It says what a request is probably allowed; nothing takes effect, and nothing is answered,
/// on its word.
/// </summary>
internal sealed class RememberedStanding
{
    private volatile Standing? _last;

    public Standing? Last
    {
        get => _last;
        set => _last = value;
    }
}
