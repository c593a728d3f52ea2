using System.Diagnostics;
using System.Text.Json;
using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>Whether accepting a message, and saying what became of one, cost the same with five million messages in the tables.</summary>
internal static class FlatCost
{
    private const int Messages = 5_000_000;
    private const int AtOnce = 20_000;
    private const int Connections = 64;
    private const int FirstOfAccepts = 20_000_000;

    // Settled long ago; ids are UUIDv7 of that time. Ten digits, four times, number the rows of a batch.
    private const string InsertMessages = """
        INSERT INTO messages (id, sender, message_key, body, body_hash, splice_at, gateway_urn, gateway_hash, market, feed, site, meter,
          readings, first_at, last_at, accepted_at, state, attempts, due_at, reason, delivered_at, settles_at)
        WITH digits AS (SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
          UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)
        SELECT UNHEX(CONCAT(LPAD(HEX(@milliseconds + n), 12, '0'), '7000', '8000', LPAD(HEX(@first + n), 12, '0'))), 'flat',
          CONCAT('electricity_lu_flat_', LPAD(@first + n, 9, '0')), REPEAT('x', 600), REPEAT('h', 32), 100,
          CONCAT('urn:esight:edm:BENCH:LU_BENCH_Flat_', n % 500), n % 500, 'lu', 'electricity', 'BENCH', CONCAT('LU_BENCH_Flat_', n % 500),
          5, @at, @at, @at, 2, 1, '9999-12-31', 'Delivered', @at, @at
        FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM digits a, digits b, digits c, digits e, digits f
          WHERE f.d < 2) numbers
        """;

    private const string InsertSearch = """
        INSERT INTO message_search (id, message_key, sender, market, feed, site_code, meter, accepted_at, first_at, last_at, state, reason, settles_at)
        SELECT id, message_key, sender, market, feed, 'LU_BENCH', meter, accepted_at, first_at, last_at, state, reason, settles_at
        FROM messages WHERE sender = 'flat' AND message_key >= CONCAT('electricity_lu_flat_', LPAD(@first, 9, '0'))
          AND message_key < CONCAT('electricity_lu_flat_', LPAD(@first + @count, 9, '0'))
        """;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(12);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(StackDescription stack)
    {
        await ESightControl.HoldBackAsync(stack);
        var sender = await Direct.ToSendApiAsync(stack, "sender");
        var (acceptEmpty, statusEmpty) = await MeasureAsync(sender, 0);
        await FillAsync(stack);
        var (acceptFull, statusFull) = await MeasureAsync(sender, 1);
        return
        [
            Figure.OfFloor($"accept with {Messages:#,0} messages beside without", "requests/s", acceptFull, acceptEmpty, 0.9),
            Figure.OfFloor($"status with {Messages:#,0} messages beside without", "requests/s", statusFull, statusEmpty, 0.9),
        ];
    }

    private static async Task<(double Accept, double Status)> MeasureAsync(Direct sender, int round)
    {
        var offset = FirstOfAccepts + (round * (FirstOfAccepts / 4));
        var accept = await new Load(Connections).RunAsync(
            WarmUp, Duration, new RequestHead(sender.Post("/api/v1/service/send", Bodies.Json([]))), n => Bodies.Message(offset + n), 202);
        Console.WriteLine($"  accept: {accept}");
        var id = await AcceptedAsync(sender, offset - 1);
        var status = await new Load(Connections).RunAsync(WarmUp / 2, Duration, new RequestHead(sender.Get($"/api/v1/service/send/{id}")), _ => [], 200);
        Console.WriteLine($"  status: {status}");
        return (accept.PerSecond, status.PerSecond);
    }

    private static async Task<string> AcceptedAsync(Direct sender, int n)
    {
        using var http = new HttpClient();
        using var request = sender.Post("/api/v1/service/send", Bodies.Json(Bodies.Message(n)));
        using var answer = await http.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString()!;
    }

    private static async Task FillAsync(StackDescription stack)
    {
        var database = stack.Mysql.Open();
        var past = DateTimeOffset.UtcNow.AddDays(-100);
        var clock = Stopwatch.StartNew();
        for (var first = 0; first < Messages; first += AtOnce)
        {
            var at = past.AddSeconds(first / 10);
            var parameters = new { first, count = AtOnce, milliseconds = at.ToUnixTimeMilliseconds(), at = at.UtcDateTime };
            await database.ExecuteAsync(InsertMessages, parameters, CancellationToken.None);
            await database.ExecuteAsync(InsertSearch, parameters, CancellationToken.None);
            if (first % (AtOnce * 25) == 0)
            {
                Console.WriteLine($"  {first + AtOnce:#,0} messages after {clock.Elapsed.TotalSeconds:0} s");
            }
        }
    }
}
