namespace EnergyLoad.Local.Google.Control;

internal sealed record ControlState(bool Paused, int Duplicate, int Drop, int DelayMs);
