using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.Hosting;

namespace EnergyLoad.MySql;

/// <summary>Who we are in MySQL. A class, not a record: its text must not show the password.</summary>
public sealed class DatabaseLogin : ICredential
{
    /// <summary>Name of the secret that may hold it: <c>{"user": "…", "password": "…"}</c>.</summary>
    public const string SecretName = "database";

    /// <summary>The shape of the secret.</summary>
    public static JsonTypeInfo<DatabaseLogin> Json => DatabaseLoginJson.Default.DatabaseLogin;

    /// <summary>Name of the account; a rotation may change it too.</summary>
    public required string User { get; init; }

    /// <summary>Its password.</summary>
    public required string Password { get; init; }

    /// <inheritdoc/>
    public string? Fault =>
        string.IsNullOrEmpty(User) ? "the user is missing" : string.IsNullOrEmpty(Password) ? "the password is missing" : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DatabaseLogin))]
internal sealed partial class DatabaseLoginJson : JsonSerializerContext;
