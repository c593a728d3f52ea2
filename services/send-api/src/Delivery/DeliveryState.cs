namespace EnergyLoad.SendApi.Delivery;

/// <summary>Whether messages go to e-Sight.</summary>
/// <param name="Paused">True while an operator's pause keeps all of them back.</param>
/// <param name="Since">Since when it is paused; null when it is not.</param>
/// <param name="By">User name of who paused it; null when it is not paused.</param>
internal sealed record DeliveryState(bool Paused, DateTimeOffset? Since, string? By)
{
    /// <summary>Why they are held by themselves; null while they go.</summary>
    public HeldDelivery? Held { get; init; }
}

/// <summary>A delivery that is held by itself, and probes by itself with one message.</summary>
/// <param name="Reason">Its code in the reason catalogue.</param>
/// <param name="RejectedAs">In a storm of rejections their code; null otherwise.</param>
/// <param name="Since">Since when.</param>
/// <param name="ProbeAt">When the next message probes.</param>
internal sealed record HeldDelivery(string Reason, string? RejectedAs, DateTimeOffset Since, DateTimeOffset ProbeAt);
