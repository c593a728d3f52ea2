using EnergyLoad.Audit.Tests.Support;
using EnergyLoad.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Audit.Tests;

public sealed class KeyRingTests : AuditTest
{
    private const string NewKey = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
    private static readonly AuditKeyRing First = new() { Id = "1", Key = AuditHost.Key };

    [Fact]
    public async Task A_new_version_of_the_secret_seals_new_rows_and_the_one_before_still_verifies()
    {
        var rings = new TwoKeyRings(First, previous: null);
        await using var host = AuditHost.Create(
            Database.Options, new() { ["Audit:HmacKey"] = null }, services: services => services.AddSingleton<IRotating<AuditKeyRing>>(rings));
        await host.Log.RecordAsync(AuditEvent.DeliveryPaused(Somebody, null), CancellationToken.None);

        rings.Rotate(new AuditKeyRing { Id = "2", Key = NewKey });
        await host.Log.RecordAsync(AuditEvent.DeliveryPaused(Somebody, null), CancellationToken.None);

        Assert.Equal(["1", "2"], (await ReadRowsAsync()).Select(row => row.KeyId));
        Assert.True((await host.Verifier.VerifyAsync(AsyncEnumerable.Empty<AnchorObject>(), CancellationToken.None)).IsIntact);
    }

    [Fact]
    public void A_key_ring_does_not_print_its_keys() => Assert.DoesNotContain(AuditHost.Key, First.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("", AuditHost.Key, "name")]
    [InlineData("no spaces", AuditHost.Key, "name")]
    [InlineData("1", "c2hvcnQ=", "32 bytes")]
    [InlineData("1", "canary that is no base64", "32 bytes")]
    public void A_malformed_key_ring_says_what_is_wrong_without_its_key(string id, string key, string named)
    {
        var fault = new AuditKeyRing { Id = id, Key = key }.Fault!;

        Assert.Contains(named, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(key, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_key_under_an_older_keys_name_is_refused() =>
        Assert.NotNull(new AuditKeyRing { Id = "1", Key = NewKey, Older = new Dictionary<string, string> { ["1"] = AuditHost.Key } }.Fault);
}
