namespace EnergyLoad.Local.Google.Control;

/// <summary>The switches of every surface that delivers by itself.</summary>
internal sealed class ControlDesk
{
    public Controls Tasks { get; } = new();

    public Controls PubSub { get; } = new();

    public Controls Scheduler { get; } = new();
}
