using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Rotation;

/// <summary>The keys of the account that signs the users' tokens.</summary>
internal static class SigningKeys
{
    /// <summary>Publishes a new key that nobody signs with yet, as Google does long before its first use.</summary>
    public static Task PublishAsync(StackDescription stack) => ChangeAsync(stack, new { account = KeySigningStack.Account, publish = true });

    /// <summary>Has Google sign with the newest key.</summary>
    public static Task RotateAsync(StackDescription stack) => ChangeAsync(stack, new { account = KeySigningStack.Account, rotate = true });

    /// <summary>The <c>kid</c> of a token that is issued now.</summary>
    public static async Task<string?> OfNewTokenAsync(RunningStack stack)
    {
        using var sender = await new OutcomeWorld(stack).LoginAsync("sender");
        return JsonElement.Parse(Base64Url.DecodeFromChars(sender.Token.Split('.')[0])).GetProperty("kid").GetString();
    }

    private static async Task ChangeAsync(StackDescription stack, object change)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(stack.Google, "/control/keys"), change);
        answer.EnsureSuccessStatusCode();
    }
}
