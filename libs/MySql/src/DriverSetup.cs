using Dapper;

namespace EnergyLoad.MySql;

/// <summary>What must be said to the driver and to Dapper once per process.</summary>
internal static class DriverSetup
{
    private static readonly Lazy<bool> Once = new(() =>
    {
#if MYSQL_DATA
        MySqlDataCharsets.Extend();
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
