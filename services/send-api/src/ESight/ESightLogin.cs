using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Serialization;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.ESight;

/// <summary>A user of e-Sight's. A class, not a record: its text must not show the password.</summary>
internal abstract class ESightLogin : ICredential
{
    public required string User { get; init; }

    public required string Password { get; init; }

    public string? Fault =>
        string.IsNullOrEmpty(User) ? "the user is missing" : string.IsNullOrEmpty(Password) ? "the password is missing" : null;

    /// <summary>The header value of a Basic login.</summary>
    public AuthenticationHeaderValue ToBasic() => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
}

/// <summary>The account that reads the lists.</summary>
internal sealed class ESightReader : ESightLogin
{
    public const string SecretName = "esight-read";
}

/// <summary>The account that posts consumption.</summary>
internal sealed class ESightWriter : ESightLogin
{
    public const string SecretName = "esight-write";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ESightReader))]
[JsonSerializable(typeof(ESightWriter))]
internal sealed partial class ESightLoginJson : JsonSerializerContext;
