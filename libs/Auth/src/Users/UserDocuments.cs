using System.Text.Json.Serialization;

namespace EnergyLoad.Auth.Users;

/// <summary>The user behind a token.</summary>
internal sealed record OwnUserDocument(string Username, string Id, string[] Roles, DateTimeOffset ExpiresAt, bool MustChangePassword);

internal sealed record UserDocument(string Id, string Username, string Type, string? Creator, string Status)
{
    public static UserDocument Of(UserRow user) =>
        new(user.Id, user.Username, user.Roles.ToString(), user.CreatorId, user.IsActive ? UserStatus.Active : UserStatus.Deactivated);
}

internal sealed record UserPage(IReadOnlyList<UserDocument> Items, string? Next);

/// <param name="Id">Id of the user of that name.</param>
/// <param name="Existing">True when the name was taken and nothing was changed.</param>
internal sealed record CreatedUser(string Id, bool? Existing);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OwnUserDocument))]
[JsonSerializable(typeof(UserDocument))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(CreatedUser))]
internal sealed partial class UserJson : JsonSerializerContext;
