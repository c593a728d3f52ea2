namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>Texts that a parameter outside of a body may have.</summary>
internal static class ValidTexts
{
    public static IEnumerable<string> Of(PublicParameter parameter)
    {
        var schema = parameter.Schema;
        if (schema["enum"] is { } words)
        {
            return words.AsArray().Select(word => word!.GetValue<string>());
        }

        if (schema["minimum"] is { } least && schema["maximum"] is { } most)
        {
            return [$"{least}", $"{most}"];
        }

        return (parameter.Name, schema["type"]!.GetValue<string>(), schema["format"]?.GetValue<string>()) switch
        {
            // Only the service makes cursors.
            ("cursor", _, _) => [],
            ("type", _, _) => ["LoginSucceeded"],
            ("reason", _, _) => ["Success"],
            (_, "boolean", _) => ["true", "false"],
            (_, _, "date-time") => ["2022-10-01T00:00:00Z", "2022-10-01T02:00:00.5+02:00"],
            (_, _, "uuid") => [$"{Guid.CreateVersion7()}"],
            _ => ["lu", new string('x', (int)(schema["maxLength"]?.GetValue<decimal>() ?? 1))],
        };
    }
}
