using System.Reflection;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Testing;

/// <summary>The log events that a service can write, those of our libraries included.</summary>
public static class LoggedEvents
{
    private const string OurNames = "EnergyLoad.";
    private const BindingFlags AnyMethod =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Ids that more than one event has, with the classes that use them.</summary>
    /// <param name="service">The service's assembly.</param>
    public static IReadOnlyList<string> UsedTwice(Assembly service) =>
        [.. OursOf(service)
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(AnyMethod))
            .Select(method => (Id: method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId, Owner: method.DeclaringType!.FullName))
            .Where(logged => logged.Id is not null)
            .GroupBy(logged => logged.Id, logged => logged.Owner)
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group)}")];

    private static IEnumerable<Assembly> OursOf(Assembly service)
    {
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal) { [service.FullName!] = service };
        var open = new Queue<Assembly>([service]);
        while (open.TryDequeue(out var assembly))
        {
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith(OurNames, StringComparison.Ordinal)))
            {
                if (!found.ContainsKey(name.FullName))
                {
                    found[name.FullName] = Assembly.Load(name);
                    open.Enqueue(found[name.FullName]);
                }
            }
        }

        return found.Values;
    }
}
