namespace EnergyLoad.Auth;

/// <summary>Who is believed and how tokens are made (section <c>Auth</c>), validated at start with every fault named.</summary>
public sealed class AuthOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Auth";

    /// <summary>
    /// E-mail of the service account that signs the users' tokens: their <c>iss</c>, <c>sub</c> and <c>email</c>; required.
    /// </summary>
    public string Issuer { get; set; } = "";

    /// <summary>
    /// Address of this service's gateway: the <c>aud</c> of the users' tokens. A token of one gateway is not valid at the other; required.
    /// </summary>
    public string Audience { get; set; } = "";

    /// <summary>Where the issuer's public keys are (JWKS); Google's address for the issuer when left out.</summary>
    public string JwksUrl { get; set; } = "";

    /// <summary>Who signs: <see cref="TokenSigner.IamCredentials"/> by default, which needs no key.</summary>
    public TokenSigner Signer { get; set; } = TokenSigner.IamCredentials;

    /// <summary>
    /// Name of the secret (under <c>Secrets:Sources</c>) that holds the issuer's key; only for <see cref="TokenSigner.Key"/>. It is a
    /// service-account key file as Google hands it out, optionally with <c>use_from</c> (RFC 3339); a version before it goes on signing
    /// until then, or for 10 minutes.
    /// </summary>
    public const string SigningKeySecret = "token-signing-key";

    /// <summary>How long a token lives; 1 hour by default, from 1 minute to 12 hours.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many entries of <c>X-Forwarded-For</c>, from its end, were written by hops that we trust, the client's own included; 0, the
    /// default, believes none. Only a request of the gateway's account is believed at all.
    /// </summary>
    public int TrustedHops { get; set; }

    /// <summary>
    /// Header in which a client may claim its phone number; <c>X-MSISDN</c> by default. It is recorded as claimed and decides nothing.
    /// </summary>
    public string MsisdnHeader { get; set; } = "X-MSISDN";

    /// <summary>The service accounts that may call this service.</summary>
    public CallersOptions Callers { get; set; } = new();

    /// <summary>How passwords are hashed and which are refused.</summary>
    public PasswordOptions Passwords { get; set; } = new();

    /// <summary>How often one may try to log in.</summary>
    public LoginLimitOptions LoginLimits { get; set; } = new();

    internal string KeySetUrl => JwksUrl.Length > 0 ? JwksUrl : $"https://www.googleapis.com/service_accounts/v1/jwk/{Issuer}";
}
