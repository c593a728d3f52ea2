namespace EnergyLoad.Faults.Tests.Soak;

/// <summary>One look at everything, and what the senders saw since the look before.</summary>
/// <param name="SendApi">The largest of send-api's processes in each figure.</param>
/// <param name="ReceiveApi">The same of receive-api's.</param>
/// <param name="Connections">Database sessions of both services.</param>
/// <param name="MedianMs">Half of the pushes were answered faster.</param>
/// <param name="SlowMs">99 of 100 pushes were answered faster.</param>
/// <param name="PerSecond">Pushes answered a second.</param>
/// <param name="Waiting">Messages accepted and not yet delivered.</param>
internal sealed record Sample(
    ProcessFigures SendApi, ProcessFigures ReceiveApi, double Connections, double MedianMs, double SlowMs, double PerSecond, double Waiting);
