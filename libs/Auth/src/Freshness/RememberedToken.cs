using EnergyLoad.Auth.Access;

namespace EnergyLoad.Auth.Freshness;

/// <summary>What is remembered beside a verified token.</summary>
/// <param name="form">What the token says; null when claims are missing.</param>
internal sealed class RememberedToken(SessionForm? form)
{
    private volatile Standing? _last;

    public SessionForm? Form => form;

    /// <summary>
    /// How the token stood when it was last asked about. It says what a request is probably allowed; nothing takes effect, and nothing is
    /// answered, on its word.
    /// </summary>
    public Standing? Last
    {
        get => _last;
        set => _last = value;
    }
}
