using System.Net;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Tests.Hosting;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

/// <summary>A report is taken in on how its user stood before; it is not kept, nor answered, before it is read how the user stands now.</summary>
public sealed class StandingTests(ReceiveWorld world) : IClassFixture<ReceiveWorld>
{
    public static TheoryData<string, string, HttpStatusCode> Changes => new()
    {
        { "UPDATE user_auth_roles SET ver = ver + 1 WHERE username = 'e_sight'", "UPDATE user_auth_roles SET ver = ver - 1 WHERE username = 'e_sight'", HttpStatusCode.Unauthorized },
        { "UPDATE user_auth_roles SET status = 'inactive' WHERE username = 'e_sight'", "UPDATE user_auth_roles SET status = 'active' WHERE username = 'e_sight'", HttpStatusCode.Unauthorized },
        { "UPDATE user_auth_roles SET type = 'user' WHERE username = 'e_sight'", "UPDATE user_auth_roles SET type = 'e_sight' WHERE username = 'e_sight'", HttpStatusCode.Forbidden },
        { "RENAME TABLE jwt TO jwt_hidden", "RENAME TABLE jwt_hidden TO jwt", HttpStatusCode.ServiceUnavailable },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_ends_a_users_right_holds_for_the_next_report_whatever_it_holds(string end, string restore, HttpStatusCode expected)
    {
        foreach (var body in new[] { Report(), "{}", "", "[" })
        {
            using (var before = await world.PostAsync(Report()))
            {
                Assert.Equal(HttpStatusCode.Created, before.StatusCode);
            }

            var kept = await CountAsync();
            await ExecuteAsync(end);
            try
            {
                using var refused = await world.PostAsync(body);
                using var again = await world.PostAsync(body);
                Assert.Equal((expected, expected), (refused.StatusCode, again.StatusCode));
            }
            finally
            {
                await ExecuteAsync(restore);
            }

            Assert.Equal(kept, await CountAsync());
        }
    }

    private static string Report() => Reports.With(Reports.NewId(), Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1"));

    private async Task<long> CountAsync() =>
        (await world.Database.QueryAsync<long>("SELECT COUNT(*) FROM error_reports", null, CancellationToken.None)).Single();

    private Task<int> ExecuteAsync(string sql) => world.Database.ExecuteAsync(sql, null, CancellationToken.None);
}
