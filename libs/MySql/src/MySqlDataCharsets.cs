using System.Collections;
using System.Reflection;

namespace EnergyLoad.MySql;

/// <summary>
/// MySql.Data 8.0.16 does not know <c>utf8mb3</c>, the name that today's servers give to the old utf8: its own
/// SHOW WARNINGS then throws "Character set 'utf8mb3' is not supported". One more entry in its internal map mends that.
/// </summary>
internal static class MySqlDataCharsets
{
    public static void Extend()
    {
        var map = typeof(MySqlConnection).Assembly.GetType("MySql.Data.MySqlClient.CharSetMap", throwOnError: true)!;
        var field = map.GetField("_mapping", BindingFlags.Static | BindingFlags.NonPublic)!;
        var charsets = (IDictionary)field.GetValue(null)!;
        charsets["utf8mb3"] ??= charsets["utf8"];
    }
}
