namespace EnergyLoad.MySql;

/// <summary>Bytes as text of a statement: hexadecimal digits leave nothing to escape.</summary>
public static class HexLiteral
{
    /// <summary>One value.</summary>
    /// <param name="value">The bytes.</param>
    public static string Of(byte[] value) => $"x'{Convert.ToHexStringLower(value)}'";

    /// <summary>Values for the parentheses of an IN.</summary>
    /// <param name="values">The bytes of each; at least one.</param>
    public static string OfAll(IEnumerable<byte[]> values) => string.Join(", ", values.Select(Of));
}
