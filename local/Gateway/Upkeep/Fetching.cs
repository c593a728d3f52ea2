using System.Text.Json;

namespace EnergyLoad.Local.Gateway.Upkeep;

internal static class Fetching
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Whether the exception says that the other side did not give what was asked for (and not that we are stopping).</summary>
    public static bool HasFailed(Exception exception, CancellationToken stopping) => exception
        is HttpRequestException or IOException or JsonException or InvalidDataException or FormatException or KeyNotFoundException
        || (exception is OperationCanceledException && !stopping.IsCancellationRequested);
}
