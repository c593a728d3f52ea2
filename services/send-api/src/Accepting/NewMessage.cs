using EnergyLoad.Auth;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>A valid message on its way to the commit.</summary>
/// <param name="Sender">User name of the sender.</param>
/// <param name="Message">What was read.</param>
/// <param name="BodyHash">SHA-256 of the message's bytes.</param>
/// <param name="TraceParent">W3C trace context of the push; null when there is none.</param>
internal sealed record NewMessage(string Sender, GatewayMessage Message, byte[] BodyHash, string? TraceParent)
{
    /// <summary>How its user stands, to be asked before the commit; null when nobody pushed it.</summary>
    public StandingCheck? Check { get; init; }

    /// <summary>The natural key: one sender uses a messageId for one content.</summary>
    public (string Sender, string MessageKey) Key => (Sender, Message.MessageId);
}
