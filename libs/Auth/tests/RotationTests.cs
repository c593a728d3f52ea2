using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 14 and 29 as far as the users' tokens go: keys change while everything runs.</summary>
public sealed class RotationTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private readonly World _world = fixture.World;

    [Fact]
    public async Task S14_two_keys_are_valid_at_once_by_kid_and_a_new_one_is_found_without_a_restart()
    {
        var google = await FakeGoogle.StartAsync();
        await using var service = await RunningService.StartAsync(fixture.Database, google);
        var user = await _world.UserAsync(Role.Sender);
        var old = google.IssuerKeys[0];
        await service.Client().GetAsync("/things", UserToken.Of(old, user)).AcceptedAsync();

        var next = new TestKey("issuer-2");
        google.Change(it => it.IssuerKeys.Add(next));

        await Eventually.HoldsAsync(async () =>
        {
            using var response = await service.Client().GetAsync("/things", UserToken.Of(next, user));
            return response.IsSuccessStatusCode;
        });
        await service.Client().GetAsync("/things", UserToken.Of(old, user)).AcceptedAsync();
    }

    [Fact]
    public async Task S14_a_retired_key_is_refused_even_for_tokens_that_were_verified_before()
    {
        var google = await FakeGoogle.StartAsync();
        await using var service = await RunningService.StartAsync(fixture.Database, google);
        var user = await _world.UserAsync(Role.Sender);
        var remembered = UserToken.Of(google.IssuerKeys[0], user);
        await service.Client().GetAsync("/things", remembered).AcceptedAsync();

        var next = new TestKey("issuer-2");
        google.Change(it => it.IssuerKeys.Clear());
        google.Change(it => it.IssuerKeys.Add(next));

        await Eventually.HoldsAsync(async () =>
        {
            using var response = await service.Client().GetAsync("/things", UserToken.Of(next, user));
            return response.IsSuccessStatusCode;
        });
        await service.Client().GetAsync("/things", remembered).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S14_invented_kids_do_not_make_us_hammer_the_issuer()
    {
        var google = await FakeGoogle.StartAsync();
        await using var service = await RunningService.StartAsync(fixture.Database, google);
        var user = await _world.UserAsync(Role.Sender);
        await service.Client().GetAsync("/things", UserToken.Of(google.IssuerKeys[0], user)).AcceptedAsync();
        var key = new TestKey("invented");
        var before = google.KeySetReads;
        var started = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            service.Client().GetAsync("/things", UserToken.Of(key.As($"invented-{i}"), user)).RefusedAsync(HttpStatusCode.Unauthorized)));

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Assert.InRange(google.KeySetReads - before, 0, Math.Ceiling(seconds) + 1);
    }

    [Fact]
    public async Task When_the_keys_were_never_had_the_answer_is_503_and_known_ones_outlive_an_outage()
    {
        var google = await FakeGoogle.StartAsync();
        await using var service = await RunningService.StartAsync(fixture.Database, google);
        var user = await _world.UserAsync(Role.Sender);
        var token = UserToken.Of(google.IssuerKeys[0], user);
        google.KeySetsAreDown = true;
        await service.Client().GetAsync("/things", token).RefusedAsync(HttpStatusCode.ServiceUnavailable);

        google.KeySetsAreDown = false;
        await Eventually.HoldsAsync(async () =>
        {
            using var response = await service.Client().GetAsync("/things", token);
            return response.IsSuccessStatusCode;
        });
        google.KeySetsAreDown = true;
        await service.Client().GetAsync("/things", UserToken.Of(google.IssuerKeys[0], user)).AcceptedAsync();
    }

    [Fact]
    public async Task S14_a_key_from_a_secret_signs_and_a_new_one_waits_until_those_who_verify_have_it()
    {
        var google = await FakeGoogle.StartAsync();
        var next = new TestKey("issuer-2");
        google.Change(it => it.IssuerKeys.Add(next));
        var user = await _world.UserAsync(Role.Sender);
        var file = Path.Combine(Path.GetTempPath(), $"signing-{Guid.NewGuid():n}.json");
        try
        {
            await File.WriteAllTextAsync(file, KeyFile(google.IssuerKeys[0]));
            Assert.Equal("issuer-1", await KidOfLoginAsync(google, file, user));

            await File.WriteAllTextAsync(file, $$"""{"current": {{KeyFile(next)}}, "previous": {{KeyFile(google.IssuerKeys[0])}}}""");
            Assert.Equal("issuer-1", await KidOfLoginAsync(google, file, user));

            await File.WriteAllTextAsync(file, $$"""{"current": {{KeyFile(next, DateTimeOffset.UtcNow.AddMinutes(-1))}}, "previous": {{KeyFile(google.IssuerKeys[0])}}}""");
            Assert.Equal("issuer-2", await KidOfLoginAsync(google, file, user));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task S31_a_signing_key_of_another_account_or_of_fewer_than_2048_bits_signs_nothing()
    {
        var user = await _world.UserAsync(Role.Sender);
        foreach (var content in new[] { KeyFile(new TestKey("weak", 1024)), KeyFile(new TestKey("other")).Replace("edm-tokens", "stranger", StringComparison.Ordinal) })
        {
            var file = Path.Combine(Path.GetTempPath(), $"signing-{Guid.NewGuid():n}.json");
            await File.WriteAllTextAsync(file, content);
            await using var service = await StartWithKeyAsync(fixture.Service.Google, file);
            await service.Client().TryLoginAsync(user.Name, AuthFixture.Password).RefusedAsync(HttpStatusCode.ServiceUnavailable);
            Assert.DoesNotContain(service.Log.Lines, line => line.Text.Contains("PRIVATE KEY", StringComparison.Ordinal));
            File.Delete(file);
        }
    }

    private static string KeyFile(TestKey key, DateTimeOffset? useFrom = null) => JsonSerializer.Serialize(
        new Dictionary<string, object?>
        {
            ["type"] = "service_account",
            ["client_email"] = FakeGoogle.Issuer,
            ["private_key_id"] = key.Kid,
            ["private_key"] = key.Rsa.ExportPkcs8PrivateKeyPem(),
            ["use_from"] = useFrom,
        });

    private Task<RunningService> StartWithKeyAsync(FakeGoogle google, string file) => RunningService.StartAsync(
        fixture.Database, google, new() { ["Auth:Signer"] = "Key", [$"Secrets:Sources:{AuthOptions.SigningKeySecret}"] = $"file:{file}" });

    private async Task<string?> KidOfLoginAsync(FakeGoogle google, string file, TestUser user)
    {
        await using var service = await StartWithKeyAsync(google, file);
        var token = await service.Client().LoginAsync(user.Name, AuthFixture.Password);
        await service.Client().GetAsync("/things", token).AcceptedAsync();
        return JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[0])).RootElement.GetProperty("kid").GetString();
    }
}
