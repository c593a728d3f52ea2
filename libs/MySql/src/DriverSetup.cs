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
        SqlMapper.AddTypeHandler(new UtcTimeHandler());
        return true;
    });

    public static void Apply() => _ = Once.Value;
}
