using System.Globalization;
using System.Net;

namespace EnergyLoad.Audit.Commands;

/// <summary>A command's options; faults are <see cref="FormatException"/>.</summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? this[string option] => _values.GetValueOrDefault(option);

    public static CommandOptions Read(string[] arguments, params string[] known)
    {
        var options = new CommandOptions();
        for (var index = 1; index < arguments.Length; index += 2)
        {
            var option = arguments[index];
            if (!known.Contains(option) || index + 1 == arguments.Length || !options._values.TryAdd(option, arguments[index + 1]))
            {
                throw new FormatException($"{arguments[0]}: '{option}' is unknown, twice there, or without a value.");
            }
        }

        return options;
    }

    public DateTimeOffset? Time(string option) => this[option] is { } text
        ? DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FormatException($"{option}: '{text}' is not a time.")
        : null;

    public IPAddress? Address(string option) => this[option] is { } text
        ? IPAddress.TryParse(text, out var address) ? address : throw new FormatException($"{option}: '{text}' is not an address.")
        : null;
}
