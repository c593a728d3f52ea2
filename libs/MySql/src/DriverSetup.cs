using Dapper;

namespace EnergyLoad.MySql;

/// <summary>What must be said to the driver and to Dapper once per process.</summary>
internal static class DriverSetup
{
#if MYSQL_DATA
    private const int BlockedThreads = 16;
#endif

    private static readonly Lazy<bool> Once = new(() =>
    {
#if MYSQL_DATA
        MySqlDataCharsets.Extend();

        // Its async methods block their thread; with the usual one per processor a few statements would hold up all requests.
        ThreadPool.GetMinThreads(out var workers, out var completions);
        ThreadPool.SetMinThreads(Math.Max(workers, BlockedThreads), completions);
#endif
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new UtcTimeHandler());
        SqlMapper.AddTypeHandler(new Utf8TextHandler());
        return true;
    });

    public static void Apply() => _ = Once.Value;
}
