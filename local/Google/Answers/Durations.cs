using System.Globalization;

namespace EnergyLoad.Local.Google.Answers;

/// <summary>google.protobuf.Duration in JSON: seconds with an s behind them.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        if (text.EndsWith('s') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            span = TimeSpan.FromSeconds(seconds);
            return true;
        }

        return false;
    }

    public static string Format(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds}s");
}
