namespace EnergyLoad.SendApi.Delivery;

/// <summary>The wake-up of Cloud Tasks and the sweep of Cloud Scheduler.</summary>
internal static class DeliveryEndpoints
{
    public const string DrainPath = "/internal/tasks/drain";
    public const string SweepPath = "/internal/scheduler/sweep";
}
