using System.Net;
using Dapper;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Testing;

namespace EnergyLoad.Audit.Tests.Support;

/// <summary>A test with an empty log of its own.</summary>
public abstract class AuditTest : IAsyncLifetime
{
    private AuditHost? _host;

    protected static AuditContext Somebody { get; } = new()
    {
        ClientAddress = IPAddress.Parse("203.0.113.7"),
        Msisdn = "+352621123456",
        ActorUserId = "actor-1",
        TraceId = "0af7651916cd43dd8448eb211c80319c",
    };

    protected TestDatabase Database { get; } = new();

    internal AuditHost Host => _host ?? throw new InvalidOperationException("Not initialised.");

    public async Task InitializeAsync()
    {
        await Database.InitializeAsync();
        _host = CreateHost();
        await _host.MigrateAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal AuditHost CreateHost(Dictionary<string, string?>? settings = null, AuditAnchor? anchor = null) =>
        AuditHost.Create(Database.Options, settings, anchor);

    internal async Task<IReadOnlyList<AuditRow>> ReadRowsAsync()
    {
        await using var connection = await Database.Database.OpenAsync(CancellationToken.None);
        return [.. await connection.QueryAsync<AuditRow>($"SELECT {LogColumns.All} FROM access_log ORDER BY access_log.at, lane, seq")];
    }

    internal async Task<T> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Database.Database.OpenAsync(CancellationToken.None);
        return await connection.QuerySingleAsync<T>(sql, parameters);
    }

    /// <summary>As many ordinary rows as asked for, all in one lane, numbered from 1.</summary>
    protected async Task<int> FillOneLaneAsync(int rows)
    {
        await Host.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                for (var row = 1; row <= rows; row++)
                {
                    await Host.Log.RecordAsync(transaction, AuditEvent.LoginSucceeded(Somebody, $"user-{row}", $"name{row}"), token);
                }
            },
            CancellationToken.None);
        return await QueryAsync<int>("SELECT lane FROM access_log_lanes WHERE seq > 0");
    }

    protected Task<AuditVerification> VerifyAsync(params AnchorObject[] anchors) =>
        Host.Verifier.VerifyAsync(anchors.ToAsyncEnumerable(), CancellationToken.None);

    protected async Task<AuditFinding> FindAsync(params AnchorObject[] anchors) => Assert.Single((await VerifyAsync(anchors)).Findings);
}
