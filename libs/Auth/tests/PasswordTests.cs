using System.Net;
using System.Text;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.Auth.Users;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 1 to 6: which passwords are taken, how they are kept, what hashing may cost.</summary>
public sealed class PasswordTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private const string Users = "/api/v1/management/users/user";

    /// <summary>Password "edm2021!", written by argon2-cffi's defaults of the original's time.</summary>
    private const string OriginalRow = "$argon2id$v=19$m=102400,t=2,p=8$jxwKd9LpS1YwqhfE5VuQ0w$jU1pyZsC9ZRiboNQLdPObA";

    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();

    [Fact]
    public async Task S1_a_new_password_of_14_characters_is_422_and_one_of_15_is_accepted()
    {
        const string fifteen = "grau 7 wie Rabe";
        Assert.Equal(15, fifteen.Length);

        Assert.Equal(["/password PasswordTooShort"], await CreateAsync(fifteen[..14]).InvalidAsync());
        await CreateAsync(fifteen).AcceptedAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task S1_length_counts_code_points_and_not_UTF16_units_or_bytes()
    {
        Assert.Equal(["/password PasswordTooShort"], await CreateAsync("🚲🛴🚃🚋🚌🚎🛵").InvalidAsync());
        await CreateAsync("🚲🛴🚃🚋🚌🚎🛵🚐🚑🚒🚓🚔🚕🚖🚗").AcceptedAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task S1_an_existing_shorter_password_still_logs_in()
    {
        var user = await _world.UserAsync(Hashes.Of("short", Argon2Parameters.OwaspMinimum), [Role.Sender]);

        await _client.LoginAsync(user.Name, "short");
    }

    [Fact]
    public async Task S1_long_passwords_are_taken_whole_and_differ_in_their_last_character()
    {
        var name = NewName();
        var longest = string.Concat(Enumerable.Range(0, 200).Select(i => $"{i * 7919 % 997} "))[..128];
        await CreateAsync(longest, name).AcceptedAsync(HttpStatusCode.Created);

        await _client.LoginAsync(name, longest);
        await _client.TryLoginAsync(name, longest[..^1] + "#").RefusedAsync(HttpStatusCode.Unauthorized);
        await _client.TryLoginAsync(name, longest[..^1]).RefusedAsync(HttpStatusCode.Unauthorized);
        await _client.TryLoginAsync(name, longest + "#").RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S1_more_than_1024_characters_are_422_and_not_cut()
    {
        Assert.Equal(["/password Length"], await CreateAsync(new string('x', 500) + " " + new string('y', 600)).InvalidAsync());
    }

    [Theory]
    [InlineData("alles nur kleine buchstaben")]
    [InlineData("98 372 610 455 213")]
    [InlineData("     ein    Fahrrad     ")]
    [InlineData("пароль из нескольких слов")]
    [InlineData("東京の静かな朝は電車の音で始まる")]
    public async Task S2_there_are_no_rules_of_composition_and_spaces_and_Unicode_are_taken(string password)
    {
        var name = NewName();
        await CreateAsync(password, name).AcceptedAsync(HttpStatusCode.Created);
        await _client.LoginAsync(name, password);
    }

    [Fact]
    public async Task S2_one_password_typed_composed_or_decomposed_or_in_full_width_logs_in()
    {
        var name = NewName();
        const string typed = "Überm Café ① wohnt Zoë";
        await CreateAsync(typed.Normalize(NormalizationForm.FormC), name).AcceptedAsync(HttpStatusCode.Created);

        await _client.LoginAsync(name, typed.Normalize(NormalizationForm.FormD));
        await _client.LoginAsync(name, typed.Normalize(NormalizationForm.FormKC));
        await _client.LoginAsync(name, typed.Normalize(NormalizationForm.FormKD));
    }

    [Fact]
    public async Task S2_a_password_that_the_original_hashed_as_it_was_typed_still_logs_in()
    {
        var typed = "Zoë① Müller".Normalize(NormalizationForm.FormD);
        var user = await _world.UserAsync(Hashes.Of(typed, Hashes.Original), [Role.Sender]);

        await _client.LoginAsync(user.Name, typed);
    }

    [Theory]
    [InlineData("passwordpassword", "PasswordCommon")]
    [InlineData("PasswordPassword123", "PasswordCommon")]
    [InlineData("P@ssw0rdP@ssw0rd!", "PasswordCommon")]
    [InlineData("welcome welcome 2026", "PasswordCommon")]
    [InlineData("letmeinletmeinplease", "PasswordCommon")]
    [InlineData("aaaaaaaaaaaaaaaa", "PasswordCommon")]
    [InlineData("abcabcabcabcabcabc", "PasswordCommon")]
    [InlineData("121212121212121212", "PasswordCommon")]
    [InlineData("qwertyuiopasdfgh", "PasswordCommon")]
    [InlineData("1qaz2wsx3edc4rfv", "PasswordCommon")]
    [InlineData("123456789012345678", "PasswordCommon")]
    [InlineData("abcdefghijklmnopq", "PasswordCommon")]
    [InlineData("zyxwvutsrqponmlkj", "PasswordCommon")]
    [InlineData("correct horse battery staple", "PasswordCommon")]
    [InlineData("EnergyLoad EnergyLoad", "PasswordOfContext")]
    [InlineData("esight-energyload-2026", "PasswordOfContext")]
    [InlineData("edm gateway admin 1", "PasswordOfContext")]
    [InlineData("Contoso energy 2026!", "PasswordOfContext")]
    [InlineData("marie.curie marie.curie", "PasswordOfContext")]
    [InlineData("marie.curie-password", "PasswordOfContext")]
    [InlineData("violet harbour 27 lanterns", null)]
    [InlineData("my energy bill is absurdly high", null)]
    [InlineData("xK7#pQ2!vN9$wT4", null)]
    public void S3_common_passwords_and_those_made_of_context_words_are_refused_with_the_reason(string password, string? code)
    {
        var options = new AuthOptions();
        options.Passwords.ContextWords.Add("Contoso");
        var policy = new PasswordPolicy(Options.Create(options));

        Assert.Equal(code, policy.FaultOf(password, Username.FromTyped("Marie.Curie"))?.Code);
    }

    [Fact]
    public async Task S3_the_reason_is_given_to_the_client()
    {
        Assert.Equal(["/password PasswordCommon"], await CreateAsync("qwertyuiopasdfghjkl").InvalidAsync());
        var name = NewName();
        Assert.Equal(["/password PasswordOfContext"], await CreateAsync($"{name} 2026", name).InvalidAsync());
    }

    [Fact]
    public async Task S4_new_hashes_are_argon2id_at_or_above_the_minimum_with_16_random_bytes_of_salt()
    {
        var first = NewName();
        var second = NewName();
        await CreateAsync("an umbrella under 9 bridges", first).AcceptedAsync(HttpStatusCode.Created);
        await CreateAsync("an umbrella under 9 bridges", second).AcceptedAsync(HttpStatusCode.Created);

        var hashes = await Task.WhenAll(StoredAsync(first), StoredAsync(second));

        Assert.All(hashes, hash => Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", hash, StringComparison.Ordinal));
        Assert.NotEqual(hashes[0], hashes[1]);
        Assert.True(PhcString.TryParse(hashes[0], out var phc));
        Assert.Equal(16, phc.Salt.Length);
        Assert.Equal(32, phc.Hash.Length);
    }

    [Fact]
    public async Task S4_a_row_as_the_original_wrote_it_logs_in_unchanged()
    {
        var user = await _world.UserAsync(OriginalRow, [Role.Sender]);

        await _client.LoginAsync(user.Name, "edm2021!");
        await _client.TryLoginAsync(user.Name, "edm2021?").RefusedAsync(HttpStatusCode.Unauthorized);

        Assert.Equal(OriginalRow, await StoredAsync(user.Name));
    }

    [Fact]
    public async Task S5_a_login_with_weaker_parameters_upgrades_the_hash_in_the_same_request()
    {
        var user = await _world.UserAsync(Hashes.Of("a weak old hash", new Argon2Parameters(4096, 1, 1)), [Role.Sender]);
        await _client.TryLoginAsync(user.Name, "a wrong password").RefusedAsync(HttpStatusCode.Unauthorized);
        Assert.Contains("m=4096", await StoredAsync(user.Name), StringComparison.Ordinal);

        var token = await _client.LoginAsync(user.Name, "a weak old hash");

        Assert.Contains("m=19456,t=2,p=1", await StoredAsync(user.Name), StringComparison.Ordinal);
        await _client.GetAsync("/things", token).AcceptedAsync();
        await _client.LoginAsync(user.Name, "a weak old hash");
    }

    [Fact]
    public async Task S5_losing_the_race_to_upgrade_is_harmless()
    {
        var user = await _world.UserAsync(Hashes.Of("a weak old hash", new Argon2Parameters(4096, 1, 1)), [Role.Sender]);

        var tokens = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => _client.LoginAsync(user.Name, "a weak old hash")));

        Assert.All(await Task.WhenAll(tokens.Select(token => _client.GetAsync("/things", token))), response => Assert.Equal(
            HttpStatusCode.OK, response.StatusCode));
        await _client.LoginAsync(user.Name, "a weak old hash");
    }

    [Theory]
    [InlineData("$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=1000000,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=200$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=99999999999999999999,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=-1,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=8,t=2,p=16$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$")]
    [InlineData("$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$2y$10$abcdefghijklmnopqrstuv")]
    [InlineData("plain text")]
    [InlineData("")]
    public async Task S6_a_poisoned_or_foreign_row_is_refused_and_cannot_exhaust_memory(string stored)
    {
        Assert.False(PhcString.TryParse(stored, out _));
        var user = await _world.UserAsync(stored, [Role.Sender]);

        Assert.Equal("LoginRefused", await _client.TryLoginAsync(user.Name, "plain text").RefusedAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public void S4_a_stored_hash_is_written_as_it_was_read_and_never_prints_itself()
    {
        Assert.True(PhcString.TryParse(OriginalRow, out var phc));

        Assert.Equal(OriginalRow, phc.ToStored());
        Assert.DoesNotContain("argon2id", phc.ToString(), StringComparison.Ordinal);
        Assert.Equal(Hashes.Original, phc.Parameters);
    }

    private static string NewName() => $"pw-{Guid.NewGuid():n}"[..20];

    private async Task<HttpResponseMessage> CreateAsync(string password, string? name = null)
    {
        var admin = await _world.SessionAsync(Role.Admin);
        return await _client.PostAsync(Users, admin.Token, new { username = name ?? NewName(), password, type = "user" });
    }

    private Task<string> StoredAsync(string name) => _world.ScalarAsync<string>(
        "SELECT password FROM user_auth_roles WHERE username = @name", new { name });
}
