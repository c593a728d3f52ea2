using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Tests.Secrets;

internal sealed class Login
{
    public required string User { get; init; }

    public required string Password { get; init; }
}

internal sealed record PrintingLogin(string User, string Password);

internal sealed record SilentLogin(string User, string Password)
{
    public override string ToString() => nameof(SilentLogin);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Login))]
[JsonSerializable(typeof(PrintingLogin))]
[JsonSerializable(typeof(SilentLogin))]
internal sealed partial class LoginJson : JsonSerializerContext;
