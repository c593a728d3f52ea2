using EnergyLoad.GoogleCloud.Checksums;
using EnergyLoad.GoogleCloud.Rest;
using EnergyLoad.GoogleCloud.Secrets;

namespace EnergyLoad.GoogleCloud;

/// <summary>Reads secrets from Secret Manager, and adds versions to them.</summary>
public sealed class SecretManager
{
    private readonly RestClient _rest;
    private readonly GoogleCloudOptions _options;

    internal SecretManager(RestClient rest, GoogleCloudOptions options) => (_rest, _options) = (rest, options);

    /// <summary>Reads one version, checked by its CRC32C.</summary>
    /// <param name="secret">Full resource name, or the last part of it for a secret of the own project.</param>
    /// <param name="version">Number, alias, or <c>latest</c>.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GoogleCloudException">Refused, no such version, disabled, damaged, or not answered within the deadline.</exception>
    public async Task<SecretPayload> AccessAsync(string secret, string version, CancellationToken ct)
    {
        var name = $"{_options.Secret(secret)}/versions/{version}";
        var call = RestCall.Get(Address($"{name}:access"), name, "secretmanager.versions.access");
        var reply = await _rest.SendAsync(call, SecretManagerJson.Default.AccessReply, ct, Check);
        return new SecretPayload(reply.Name ?? name, reply.Payload?.Data ?? throw Silence.Unreadable(call, null));

        void Check(AccessReply answer)
        {
            if (answer.Payload is { Data: { } data, DataCrc32c: { } told } && told != Crc32C.Of(data))
            {
                throw Silence.Damaged(name, "The payload");
            }
        }
    }

    /// <summary>Lists the numbers of the enabled versions, newest first.</summary>
    /// <param name="secret">Full resource name, or the last part of it for a secret of the own project.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GoogleCloudException">Refused, no such secret, or not answered within the deadline.</exception>
    public async Task<IReadOnlyList<string>> ListEnabledVersionsAsync(string secret, CancellationToken ct)
    {
        var name = _options.Secret(secret);
        var numbers = new List<string>();
        string? page = null;
        do
        {
            var query = "?filter=state:ENABLED" + (page is null ? "" : $"&pageToken={Uri.EscapeDataString(page)}");
            var call = RestCall.Get(Address($"{name}/versions{query}"), name, "secretmanager.versions.list");
            var list = await _rest.SendAsync(call, SecretManagerJson.Default.VersionList, ct);
            var enabled = (list.Versions ?? []).Where(static version => version.State == "ENABLED");
            numbers.AddRange(enabled.Select(static version => version.Name.Split('/')[^1]));
            page = list.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));

        return numbers;
    }

    /// <summary>Adds a version, which is the latest from then on; not repeated when it may have been added.</summary>
    /// <param name="secret">Full resource name, or the last part of it for a secret of the own project.</param>
    /// <param name="value">What it holds.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The version's resource name.</returns>
    /// <exception cref="GoogleCloudException">Refused, no such secret, or not answered within the deadline.</exception>
    public async Task<string> AddVersionAsync(string secret, ReadOnlyMemory<byte> value, CancellationToken ct)
    {
        var name = _options.Secret(secret);
        var body = new AddVersionBody(new PayloadBody(value.ToArray(), Crc32C.Of(value.Span)));
        var call = RestCall.Post(
            Address($"{name}:addVersion"), name, "secretmanager.versions.add", body, SecretManagerJson.Default.AddVersionBody);
        var added = await _rest.SendAsync(call with { Repeatable = false }, SecretManagerJson.Default.VersionBody, ct);
        return added.Name;
    }

    private Uri Address(string path) => new($"{_options.SecretManagerUrl.Prefix()}/v1/{path}");
}
