using System.Net;
using System.Net.Http.Headers;
using System.Text;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>A push begins on how its user stood before; nothing is kept, counted or answered before it is read how the user stands now.</summary>
public sealed class StandingTests(SendWorld world) : IClassFixture<SendWorld>
{
    private const string User = "other";
    private const string Books =
        "SELECT (SELECT COUNT(*) FROM messages) + (SELECT CAST(COALESCE(SUM(messages), 0) AS SIGNED) FROM refusal_counts)";

    private static int s_number;

    public static TheoryData<string, string, HttpStatusCode> Changes => new()
    {
        { $"UPDATE user_auth_roles SET ver = ver + 1 WHERE username = '{User}'", $"UPDATE user_auth_roles SET ver = ver - 1 WHERE username = '{User}'", HttpStatusCode.Unauthorized },
        { $"UPDATE user_auth_roles SET status = 'inactive' WHERE username = '{User}'", $"UPDATE user_auth_roles SET status = 'active' WHERE username = '{User}'", HttpStatusCode.Unauthorized },
        { $"UPDATE user_auth_roles SET type = 'user' WHERE username = '{User}'", $"UPDATE user_auth_roles SET type = 'sender' WHERE username = '{User}'", HttpStatusCode.Forbidden },
        { "RENAME TABLE jwt TO jwt_hidden", "RENAME TABLE jwt_hidden TO jwt", HttpStatusCode.ServiceUnavailable },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_ends_a_users_right_holds_for_the_next_push_whatever_it_holds(string end, string restore, HttpStatusCode expected)
    {
        foreach (var (body, mediaType, query) in new[]
        {
            (Valid(), "application/json", ""), ("{}", "application/json", ""), ("[", "application/json", ""), ("[]", "application/json", ""),
            ($"[{Valid()},{{}}]", "application/json", ""), ($"{Valid()}\n{Valid()}\n", "application/x-ndjson", ""),
            (Valid(), "application/json", "?validateOnly=true"), ("{}", "application/json", "?validateOnly=true"), (Valid(), "application/json", "?validateOnly=maybe"),
            (Valid(), "text/plain", ""),
        })
        {
            using (var before = await PushAsync(Valid()))
            {
                Assert.Equal(HttpStatusCode.Accepted, before.StatusCode);
            }

            var books = await world.Rooms.ReadAsync<long>(Books);
            await world.Rooms.ExecuteAsync(end);
            try
            {
                using var refused = await PushAsync(body, mediaType, query);
                using var again = await PushAsync(body, mediaType, query);
                Assert.Equal((expected, expected), (refused.StatusCode, again.StatusCode));
            }
            finally
            {
                await world.Rooms.ExecuteAsync(restore);
            }

            Assert.Equal(books, await world.Rooms.ReadAsync<long>(Books));
        }
    }

    [Fact]
    public async Task Of_pushes_that_share_a_commit_only_those_of_users_who_may_are_kept()
    {
        (await PushAsync(Valid())).Dispose();
        (await world.PushAsync(Valid())).Dispose();
        var books = await world.Rooms.ReadAsync<long>(Books);
        await world.Rooms.ExecuteAsync((string)Changes.First()[0]);
        try
        {
            var refused = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(PushAsync(Valid()))));
            var kept = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StatusAsync(world.PushAsync(Valid()))));
            Assert.All(await refused, status => Assert.Equal(HttpStatusCode.Unauthorized, status));
            Assert.All(await kept, status => Assert.Equal(HttpStatusCode.Accepted, status));
        }
        finally
        {
            await world.Rooms.ExecuteAsync((string)Changes.First()[1]);
        }

        Assert.Equal(books + 20, await world.Rooms.ReadAsync<long>(Books));
    }

    private static string Valid() => Encoding.UTF8.GetString(new PushedMessage($"standing-{Interlocked.Increment(ref s_number)}").ToBytes());

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> pushed)
    {
        using var answer = await pushed;
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> PushAsync(string body, string mediaType = "application/json", string query = "")
    {
        using var request = await world.RequestAsync(HttpMethod.Post, $"{SendWorld.Send}{query}", User);
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
        return await world.SendAsync(request);
    }
}
