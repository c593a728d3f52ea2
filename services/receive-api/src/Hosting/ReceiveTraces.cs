using System.Diagnostics;
using EnergyLoad.Hosting;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>The spans of a message in this service.</summary>
internal static class ReceiveTraces
{
    private static readonly ActivitySource Source = new("EnergyLoad.ReceiveApi");

    /// <summary>A report was kept; one that names no send id has its request's trace and no other.</summary>
    public static void Reported(Guid? sendId)
    {
        if (sendId is { } id)
        {
            MessageTrace.Record(Source, "error report", id);
        }
    }
}
