using System.Collections;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>docs/configuration.md says what the options classes say: every key, its default, its unit.</summary>
public sealed class ConfigurationTableTests
{
    private static readonly (string Suffix, string Unit)[] Units =
    [
        ("Milliseconds", "ms"), ("Seconds", "s"), ("Minutes", "min"), ("Hours", "h"), ("Days", "d"), ("Bytes", "B"), ("Kib", "KiB"), ("Mib", "MiB"),
    ];

    [Fact]
    public void Every_key_of_every_section_stands_in_the_table_with_its_default_and_its_unit()
    {
        var code = Settings().Select(setting => $"{setting.Key} | {Text(setting.Default)} | {Unit(setting.Key, setting.Type)}").Order(
            StringComparer.Ordinal);

        var table = DocumentTable.Rows(
            "configuration.md",
            name => name.Contains(':', StringComparison.Ordinal) && !name.StartsWith("Secrets:Sources:", StringComparison.Ordinal))
            .Select(row => $"{row[0]} | {row[1].Replace("cores", Text(Environment.ProcessorCount), StringComparison.Ordinal)} | {row[2]}")
                .Order(StringComparer.Ordinal);

        Assert.Equal(code, table);
    }

    [Fact]
    public void Every_key_says_what_it_is_for() =>
        Assert.All(
            DocumentTable.Rows("configuration.md", name => name.Contains(':', StringComparison.Ordinal)),
            row => Assert.True(row[^1].Length > 10, row[0]));

    private static IEnumerable<(string Key, Type Type, object? Default)> Settings() =>
        new[] { DeployedService.Send, DeployedService.Receive }
        .SelectMany(service => DeployedService.Builder(service).Services)
        .Where(descriptor => descriptor.ServiceType.IsGenericType && descriptor.ServiceType.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
        .Select(descriptor => descriptor.ServiceType.GenericTypeArguments[0])
        .Where(type => IsOurs(type) && type.GetField("Section") is not null)
        .Distinct()
        .SelectMany(type => Of(type, (string)type.GetField("Section")!.GetRawConstantValue()!))

        // Both services have a class of their own for a key that they share.
        .Distinct();

    private static IEnumerable<(string Key, Type Type, object? Default)> Of(Type type, string prefix)
    {
        var defaults = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
        {
            var key = $"{prefix}:{property.Name}";
            if (IsOurs(property.PropertyType) && property.PropertyType.IsClass)
            {
                foreach (var inner in Of(property.PropertyType, key))
                {
                    yield return inner;
                }
            }
            else if (property.CanWrite || property.GetValue(defaults) is IDictionary or IList { IsReadOnly: false })
            {
                yield return (key, property.PropertyType, property.GetValue(defaults));
            }
        }
    }

    private static string Text(object? value) => value switch
    {
        null or "" or ICollection { Count: 0 } => "—",
        bool flag => flag ? "true" : "false",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        Uri address => address.OriginalString,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Unit(string key, Type type) =>
        Units.FirstOrDefault(unit => key.EndsWith(unit.Suffix, StringComparison.Ordinal)).Unit
        ?? (type == typeof(TimeSpan) ? "hh:mm:ss" : type == typeof(bool) ? "true/false"
            : type == typeof(Uri) || key.EndsWith("Url", StringComparison.Ordinal) ? "address" : type == typeof(int) ? "number" : "text");

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("EnergyLoad.", StringComparison.Ordinal) == true;
}
