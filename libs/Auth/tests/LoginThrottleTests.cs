using System.Net;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statement 8 and the login's part of 26; every test has addresses of its own.</summary>
public sealed class LoginThrottleTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private static int _addresses;

    private readonly World _world = fixture.World;
    private readonly GatewayClient _attacker = fixture.Service.Client(NextAddress());
    private readonly GatewayClient _victim = fixture.Service.Client(NextAddress());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task S8_five_failures_of_a_name_are_free_and_then_429_whether_the_name_exists_or_not(bool exists)
    {
        var name = exists ? (await _world.UserAsync(Role.Sender)).Name : $"nobody-{Guid.NewGuid():n}";

        await FailAsync(_attacker, name, 5);

        using var throttled = await _attacker.TryLoginAsync(name, AuthFixture.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, throttled.StatusCode);
        Assert.InRange(throttled.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 30);
        Assert.Equal("application/problem+json", throttled.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task S8_names_are_counted_as_they_are_compared()
    {
        var user = await _world.UserAsync(Role.Sender);
        await FailAsync(_attacker, user.Name, 2);
        await FailAsync(_attacker, user.Name.ToUpperInvariant(), 3);

        await ThrottledAsync(_attacker, user.Name);
    }

    [Fact]
    public async Task S8_the_wait_grows_with_each_further_failure()
    {
        var user = await _world.UserAsync(Role.Sender);
        await FailAsync(_attacker, user.Name, 5);
        var waits = new List<double> { await ThrottledAsync(_attacker, user.Name) };
        for (var round = 0; round < 4; round++)
        {
            await LetTimePassAsync();
            await FailAsync(_attacker, user.Name, 1);
            waits.Add(await ThrottledAsync(_attacker, user.Name));
        }

        double[] longest = [30, 60, 120, 240, 480];
        Assert.All(waits.Zip(longest), pair => Assert.InRange(pair.First, pair.Second - 25, pair.Second));
    }

    [Fact]
    public async Task S8_the_wait_has_a_ceiling_of_15_minutes()
    {
        var user = await _world.UserAsync(Role.Sender);
        await FailAsync(_attacker, user.Name, 5);
        await _world.ExecuteAsync("UPDATE login_throttle SET failures = 1000000 WHERE failures = 5");
        await LetTimePassAsync();
        await FailAsync(_attacker, user.Name, 1);

        Assert.InRange(await ThrottledAsync(_attacker, user.Name), 890, 900);
    }

    [Fact]
    public async Task S8_a_throttled_attempt_is_answered_before_hashing_and_audited_as_such()
    {
        await using var service = await RunningService.StartAsync(
            fixture.Database, fixture.Service.Google, new() { ["Auth:Passwords:Concurrency"] = "1" });
        var attacker = service.Client(NextAddress());
        var user = await _world.UserAsync(Role.Sender);
        await FailAsync(attacker, user.Name, 5);
        var hasher = service.Services.GetRequiredService<PasswordHasher>();
        using (await hasher.WaitForTurnAsync(hasher.Decoy, goesFirst: false, CancellationToken.None))
        {
            // Nobody can hash now, so whoever is answered was not hashed for.
            await ThrottledAsync(attacker, user.Name);
        }

        Assert.Equal(
            ["LoginFailed", "LoginFailed", "LoginFailed", "LoginFailed", "LoginFailed", "LoginThrottled"],
            await _world.AuditAsync(user.Name));
    }

    [Fact]
    public async Task S8_the_counts_are_shared_by_all_instances()
    {
        await using var second = await RunningService.StartAsync(fixture.Database, fixture.Service.Google);
        var user = await _world.UserAsync(Role.Sender);
        await FailAsync(_attacker, user.Name, 3);
        await FailAsync(second.Client(_attacker.ClientAddress), user.Name, 2);

        await ThrottledAsync(_attacker, user.Name);
        await ThrottledAsync(second.Client(_attacker.ClientAddress), user.Name);
    }

    [Fact]
    public async Task S8_a_success_resets_the_name()
    {
        var user = await _world.UserAsync(Role.Sender);
        await FailAsync(_victim, user.Name, 4);
        await _victim.LoginAsync(user.Name, AuthFixture.Password);
        await FailAsync(_victim, user.Name, 4);

        await _victim.LoginAsync(user.Name, AuthFixture.Password);
    }

    [Fact]
    public async Task S8_nobody_can_lock_a_victim_out_from_elsewhere()
    {
        var user = await _world.UserAsync(Role.Sender);
        await _victim.LoginAsync(user.Name, AuthFixture.Password);
        await FailAsync(_attacker, user.Name, 5);
        await ThrottledAsync(_attacker, user.Name);

        await _victim.LoginAsync(user.Name, AuthFixture.Password);
    }

    [Fact]
    public async Task S8_an_address_that_a_user_is_known_at_gets_no_endless_guesses_either()
    {
        var user = await _world.UserAsync(Role.Sender);
        await _victim.LoginAsync(user.Name, AuthFixture.Password);
        await FailAsync(_victim, user.Name, 5);

        await ThrottledAsync(_victim, user.Name);
    }

    [Fact]
    public async Task S8_twenty_failures_of_an_address_are_free_and_then_429_for_any_name()
    {
        for (var i = 0; i < 20; i++)
        {
            await FailAsync(_attacker, $"nobody-{Guid.NewGuid():n}", 1);
        }

        var user = await _world.UserAsync(Role.Sender);
        await ThrottledAsync(_attacker, user.Name);
        await _victim.LoginAsync(user.Name, AuthFixture.Password);
    }

    [Fact]
    public async Task S8_failures_alone_count_for_an_address_and_ones_own_success_does_not_pay_for_guesses()
    {
        var own = await _world.UserAsync(Role.User);
        for (var i = 0; i < 25; i++)
        {
            await _attacker.LoginAsync(own.Name, AuthFixture.Password);
        }

        for (var i = 0; i < 20; i++)
        {
            await FailAsync(_attacker, $"nobody-{Guid.NewGuid():n}", 1);
            await _attacker.LoginAsync(own.Name, AuthFixture.Password);
        }

        await ThrottledAsync(_attacker, $"nobody-{Guid.NewGuid():n}");
        await _attacker.LoginAsync(own.Name, AuthFixture.Password);
    }

    [Fact]
    public async Task S8_addresses_of_one_IPv6_subscriber_count_as_one()
    {
        var network = $"2001:db8:{Interlocked.Increment(ref _addresses):x}:1";
        for (var i = 0; i < 20; i++)
        {
            await FailAsync(fixture.Service.Client($"{network}::{i + 1:x}"), $"nobody-{Guid.NewGuid():n}", 1);
        }

        await ThrottledAsync(fixture.Service.Client($"{network}:ffff::1"), $"nobody-{Guid.NewGuid():n}");
    }

    [Fact]
    public async Task S8_a_burst_of_guesses_gets_no_more_than_a_row_of_them()
    {
        var user = await _world.UserAsync(Role.Sender);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var response = await _attacker.TryLoginAsync(user.Name, $"guess number {i} of many");
            return response.StatusCode;
        }));

        Assert.InRange(statuses.Count(status => status == HttpStatusCode.Unauthorized), 5, 5 + Environment.ProcessorCount);
        Assert.All(statuses, status => Assert.Contains(status, new[] { HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests }));
    }

    [Fact]
    public async Task S8_what_was_typed_is_not_kept_in_the_throttle_tables()
    {
        var user = await _world.UserAsync(Role.Sender);
        await FailAsync(_attacker, user.Name, 1);

        Assert.Equal(0, await _world.ScalarAsync<int>(
            "SELECT COUNT(*) FROM login_throttle WHERE CONVERT(subject USING latin1) LIKE CONCAT('%', @Name, '%')", user));
    }

    [Fact]
    public async Task S26_logins_of_one_address_are_limited_even_when_they_succeed()
    {
        await using var service = await RunningService.StartAsync(
            fixture.Database, fixture.Service.Google, new() { ["Auth:LoginLimits:PerAddressPerMinute"] = "3" });
        var user = await _world.UserAsync(Role.Sender);
        var busy = service.Client(NextAddress());
        for (var i = 0; i < 3; i++)
        {
            await busy.LoginAsync(user.Name, AuthFixture.Password);
        }

        Assert.InRange(await ThrottledAsync(busy, user.Name), 1, 20);
        await service.Client(NextAddress()).LoginAsync(user.Name, AuthFixture.Password);
    }

    private static string NextAddress() => $"192.0.2.{Interlocked.Increment(ref _addresses)}";

    private static async Task FailAsync(GatewayClient client, string name, int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.Equal("LoginRefused", await client.TryLoginAsync(name, "not the password").RefusedAsync(HttpStatusCode.Unauthorized));
        }
    }

    private static async Task<double> ThrottledAsync(GatewayClient client, string name)
    {
        using var response = await client.TryLoginAsync(name, AuthFixture.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        return response.Headers.RetryAfter!.Delta!.Value.TotalSeconds;
    }

    // The throttle goes by the database's clock, which a test cannot turn: it moves the ends of the waits instead.
    private Task LetTimePassAsync() => _world.ExecuteAsync("UPDATE login_throttle SET blocked_until = UTC_TIMESTAMP(6)");
}
