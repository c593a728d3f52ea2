using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnergyLoad.MySql;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Bench.Floors;

/// <summary>
/// The bare machine at the same work: Kestrel, one RS256 verification, one JSON parse, and the body in a group commit of one table.
/// </summary>
internal static class CommitFloor
{
    public const string Issuer = "floor";
    private const int BatchRows = 256;
    private const int Workers = 2;

    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS bench_floor (
          id BINARY(16) NOT NULL PRIMARY KEY,
          body MEDIUMBLOB NOT NULL
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """;

    /// <summary>Serves until it is killed.</summary>
    /// <param name="settingsFile">JSON with the port, the database and the public key.</param>
    public static async Task ServeAsync(string settingsFile)
    {
        var settings = JsonSerializer.Deserialize<Settings>(await File.ReadAllTextAsync(settingsFile), JsonSerializerOptions.Web)!;
        var database = new Database(settings.Database);
        await database.ExecuteAsync(CreateTable, null, CancellationToken.None);
        var validation = new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidAudience = Issuer,
            IssuerSigningKey = new RsaSecurityKey(RsaOf(settings.PublicKey)),
        };
        var tokens = new JsonWebTokenHandler();
        await using var commits = new BatchQueue<byte[], bool>(
            new BatchQueueOptions(Workers, BatchRows, 4_096), async bodies =>
            {
                await database.InTransactionAsync((transaction, token) => InsertAsync(transaction, bodies, token), CancellationToken.None);
                return new bool[bodies.Count];
            });

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{settings.Port}");
        await using var app = builder.Build();
        app.Run(async context =>
        {
            var token = context.Request.Headers.Authorization.ToString()["Bearer ".Length..];
            var validated = await tokens.ValidateTokenAsync(token, validation);
            var body = new byte[(int)context.Request.ContentLength!.Value];
            await context.Request.Body.ReadExactlyAsync(body);
            var isKept = validated.IsValid
                && (context.Request.ContentType == "application/x-ndjson" ? await KeepAllAsync(body) : await KeepAsync(body));
            context.Response.StatusCode = isKept ? 202 : 503;
        });
        await app.RunAsync();

        async Task<bool> KeepAsync(byte[] message)
        {
            using var json = JsonDocument.Parse(message);
            return commits.TrySubmit(message, out var committed) && !await committed;
        }

        async Task<bool> KeepAllAsync(byte[] lines)
        {
            var kept = new List<Task<bool>>();
            for (var start = 0; start < lines.Length;)
            {
                var end = Array.IndexOf(lines, (byte)'\n', start);
                kept.Add(KeepAsync(lines[start..end]));
                start = end + 1;
            }

            return (await Task.WhenAll(kept)).All(one => one);
        }
    }

    private static RSA RsaOf(string publicKey)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(publicKey);
        return rsa;
    }

    private static async Task InsertAsync(DbTransaction transaction, IReadOnlyList<byte[]> bodies, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var sql = new StringBuilder("INSERT INTO bench_floor (id, body) VALUES ");
        for (var i = 0; i < bodies.Count; i++)
        {
            Add($"@i{i}", Guid.CreateVersion7().ToByteArray(bigEndian: true));
            Add($"@b{i}", bodies[i]);
            sql.Append(i == 0 ? "" : ", ").Append("(@i").Append(i).Append(", @b").Append(i).Append(')');
        }

        command.CommandText = sql.ToString();
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add(string name, byte[] value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
    }

    internal sealed record Settings(int Port, MySqlOptions Database, string PublicKey);
}
