namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>The two newest enabled versions in Secret Manager; to take a bad version back, disable it.</summary>
internal sealed class SecretManagerSource(SecretManager secrets, string secret) : ISecretSource
{
    private const int Kept = 2;

    public bool KeepsVersions => true;

    public async Task<IReadOnlyList<SecretText>> ReadAsync(CancellationToken ct)
    {
        var numbers = await secrets.ListEnabledVersionsAsync(secret, ct);
        if (numbers.Count == 0)
        {
            throw new SecretException("it has no enabled version");
        }

        return await Task.WhenAll(numbers.Take(Kept).Select(number => ReadAsync(number, ct)));
    }

    private async Task<SecretText> ReadAsync(string number, CancellationToken ct) =>
        new(number, (await secrets.AccessAsync(secret, number, ct)).Data);
}
