namespace EnergyLoad.Auth;

/// <summary>Who signs the users' tokens.</summary>
public enum TokenSigner
{
    /// <summary>Google signs as the issuer (IAM Credentials, signJwt): no key is held, and Google rotates it.</summary>
    IamCredentials,

    /// <summary>This process signs, with a key of the issuer that it reads from a secret.</summary>
    Key,
}
