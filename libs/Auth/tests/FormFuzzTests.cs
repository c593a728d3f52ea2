using System.Text;
using System.Text.Json;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Tokens;
using EnergyLoad.Testing.Fuzzing;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tests;

/// <summary>Stored hashes and tokens, made and spoiled at random.</summary>
public sealed class FormFuzzTests
{
    private const int Rounds = 60_000;
    private const string Payload = """{"iss":"a@b","sub":"a@b","aud":"https://x","exp":1900000000,"iat":1700000000,"jti":"j","ver":1}""";
    private static readonly byte[][] PhcWords = Words(
        "$", "=", ",", "m=", "p=0", "m=2147483647", "-1", "+5", " ", "argon2i", "v=16", "AAAA", "é", "\0", "999999999999");
    private static readonly byte[][] HeaderWords = Words(
        "\"alg\":\"none\"", "\"alg\":\"HS256\"", "\"alg\":5", "\"alg\":null", "\"kid\":\"\"", "\"kid\":[]", "\"kid\":7", "\"jku\":\"http://x\"", "\"crit\":[\"exp\"]",
        "\"b64\":false", "\"x5c\":[]", "\"jwk\":{}", ",", "{", "}", "\"", "\\ud83d", "null", "[]", "RS256", "\0");

    private static readonly string[] RefusedHeaders = ["jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64"];

    [Fact]
    public void A_hash_is_read_as_it_was_stored()
    {
        var random = new Random(21);
        for (var n = 0; n < Rounds / 10; n++)
        {
            var (salt, hash) = (new byte[random.Next(8, 65)], new byte[random.Next(16, 65)]);
            random.NextBytes(salt);
            random.NextBytes(hash);
            var lanes = random.Next(1, 17);
            var stored = new PhcString(
                new Argon2Parameters(random.Next(8 * lanes, (128 * 1024) + 1), random.Next(1, 9), lanes), salt, hash);

            Assert.True(PhcString.TryParse(stored.ToStored(), out var read), stored.ToStored());

            Assert.Equal(stored.Parameters, read.Parameters);
            Assert.Equal(salt, read.Salt);
            Assert.Equal(hash, read.Hash);
        }
    }

    [Fact]
    public void A_spoiled_hash_is_refused_or_within_every_bound()
    {
        var mutator = new Mutator(22, PhcWords);
        var valid = Encoding.ASCII.GetBytes(
            "$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHQxMjM0NTY3OA$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY");
        for (var n = 0; n < Rounds; n++)
        {
            if (PhcString.TryParse(Encoding.UTF8.GetString(mutator.Mutate(valid)), out var read))
            {
                Assert.False(read.Parameters.Exceeds(Argon2Parameters.Ceiling));
                Assert.InRange(read.Parameters.Lanes, 1, read.Parameters.MemoryKib / 8);
                Assert.InRange(read.Salt.Length, 8, 64);
                Assert.InRange(read.Hash.Length, 16, 64);
                Assert.True(PhcString.TryParse(read.ToStored(), out _));
            }
        }
    }

    [Fact]
    public void A_spoiled_token_header_is_refused_or_asks_for_nothing_but_rs256_and_a_known_key()
    {
        var mutator = new Mutator(23, HeaderWords);
        var taken = 0;
        for (var n = 0; n < Rounds; n++)
        {
            var header = mutator.Mutate("""{"alg":"RS256","kid":"k1","typ":"JWT"}"""u8);
            if (!TokenForm.TryRead($"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(Payload)}.{Base64UrlEncoder.Encode("signature")}", out var token, out var fault))
            {
                Assert.NotEmpty(fault);
                continue;
            }

            taken++;
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            Assert.Equal(("RS256", false), (token.Alg, string.IsNullOrEmpty(token.Kid)));
            Assert.DoesNotContain(document.RootElement.EnumerateObject(), member => RefusedHeaders.Contains(member.Name));
        }

        Assert.True(taken > Rounds / 100, $"Only {taken} headers were taken: the fuzz tells too little.");
    }

    [Fact]
    public void A_spoiled_token_is_refused_or_read_without_a_fault()
    {
        var mutator = new Mutator(24, Words(".", "..", "=", "-", "_", "+", "/", "eyJ", "é", "\0", " "));
        var valid = Encoding.ASCII.GetBytes($"{Base64UrlEncoder.Encode("""{"alg":"RS256","kid":"k1"}""")}.{Base64UrlEncoder.Encode(Payload)}.{Base64UrlEncoder.Encode("signature")}");
        for (var n = 0; n < Rounds; n++)
        {
            Assert.True(TokenForm.TryRead(Encoding.UTF8.GetString(mutator.Mutate(valid)), out _, out var fault) || fault.Length > 0);
        }
    }

    private static byte[][] Words(params string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];
}
