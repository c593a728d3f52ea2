using System.Globalization;
using System.Text;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Reads the parameters of queries and collects their faults.</summary>
internal sealed class QueryReading
{
    public static readonly ProblemType InvalidQuery =
        new(nameof(ReasonCode.InvalidQuery), StatusCodes.Status422UnprocessableEntity, "Not a valid query");

    // Periods are reckoned from and to these: there must be time before and after.
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<ProblemError> _faults = [];

    public IReadOnlyList<ProblemError> Faults => _faults;

    public string? Text(string name, string? text, int mostBytes)
    {
        if (text is not null && (text.Length == 0 || Encoding.UTF8.GetByteCount(text) > mostBytes))
        {
            Refuse(name, $"1 to {mostBytes} bytes of text");
        }

        return text;
    }

    public DateTimeOffset? Instant(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        // In a query string a plus sign that was not written as %2B arrives as a space.
        if (Accepting.Instant.TryParse(Encoding.UTF8.GetBytes(text.Replace(' ', '+')), out var ticks)
            && ticks >= Earliest.UtcTicks && ticks < Latest.UtcTicks)
        {
            return new DateTimeOffset(ticks, TimeSpan.Zero);
        }

        Refuse(name, "a date-time from 1970 up to 2200 with an offset or Z");
        return null;
    }

    public T? Word<T>(string name, string? text)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        if (Enum.TryParse<T>(text, ignoreCase: true, out var value)
            && Enum.GetName(value)?.Equals(text, StringComparison.OrdinalIgnoreCase) == true)
        {
            return value;
        }

        Refuse(name, $"one of {string.Join(", ", Enum.GetNames<T>().Select(word => char.ToLowerInvariant(word[0]) + word[1..]))}");
        return null;
    }

    public int? Number(string name, string? text, int most)
    {
        if (text is null)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        Refuse(name, $"a number from 1 to {most}");
        return null;
    }

    public void Refuse(string name, string expected) => _faults.Add(new("", InvalidQuery.Code, $"{name} is {expected}."));
}
