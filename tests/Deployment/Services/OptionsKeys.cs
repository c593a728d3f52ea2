using System.Collections;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>Every key that the options classes of a service are bound from, read from the classes themselves.</summary>
internal sealed class OptionsKeys
{
    private readonly HashSet<string> _keys;
    private readonly List<string> _prefixes = [];

    private OptionsKeys(IEnumerable<Type> options)
    {
        _keys = [.. options.SelectMany(type => Of(type, Section(type)!)), .. Single()];
    }

    public static OptionsKeys All(IServiceCollection services) => new(services
        .Select(service => service.ServiceType)
        .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IOptionsChangeTokenSource<>))
        .Select(type => type.GenericTypeArguments[0])
        .Where(type => IsOurs(type) && Section(type) is not null).Distinct());

    public bool Contains(string key) => _keys.Contains(key) || _prefixes.Exists(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private IEnumerable<string> Of(Type type, string prefix)
    {
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
            else if (property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(IEnumerable)))
            {
                _prefixes.Add(key + ":");
            }
            else
            {
                yield return key;
            }
        }
    }

    // Settings that a room reads by themselves name their key in a constant.
    private static IEnumerable<string> Single() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => assembly.GetName().Name is "EnergyLoad.SendApi" or "EnergyLoad.ReceiveApi")
        .SelectMany(assembly => assembly.GetTypes())
        .Select(type => type.GetField("Setting", BindingFlags.Static | BindingFlags.NonPublic))
        .Where(field => field is { IsLiteral: true }).Select(field => (string)field!.GetRawConstantValue()!);

    private static string? Section(Type type) => type.GetField("Section")?.GetRawConstantValue() as string;

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("EnergyLoad.", StringComparison.Ordinal) == true;
}
