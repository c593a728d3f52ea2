using EnergyLoad.GoogleCloud.Iam;
using EnergyLoad.GoogleCloud.Rest;

namespace EnergyLoad.GoogleCloud;

/// <summary>Signs JWTs as a service account without holding a key: RS256, with a key that Google makes and rotates.</summary>
public sealed class IamSigner
{
    private readonly RestClient _rest;
    private readonly GoogleCloudOptions _options;

    internal IamSigner(RestClient rest, GoogleCloudOptions options) => (_rest, _options) = (rest, options);

    /// <summary>Signs claims. Verifiers find the key at <c>https://www.googleapis.com/service_accounts/v1/jwk/ACCOUNT</c>.</summary>
    /// <param name="serviceAccount">E-mail address of the account; the caller needs <c>iam.serviceAccounts.signJwt</c> on it.</param>
    /// <param name="payload">The claims as a JSON object; <c>exp</c> at most 12 hours ahead.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async Task<SignedJwt> SignJwtAsync(string serviceAccount, string payload, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceAccount);
        // The project is always the wildcard (google/iam/credentials/v1/common.proto).
        var name = $"projects/-/serviceAccounts/{serviceAccount}";
        var call = RestCall.Post(
            new Uri($"{_options.IamCredentialsUrl.Prefix()}/v1/{name}:signJwt"), name, "iam.serviceAccounts.signJwt",
            new SignJwtRequest(payload), IamJson.Default.SignJwtRequest);
        return await _rest.SendAsync(call, IamJson.Default.SignJwtReply, ct) is { KeyId: { } keyId, SignedJwt: { } token }
            ? new SignedJwt(keyId, token)
            : throw Silence.Unreadable(call, null);
    }
}
