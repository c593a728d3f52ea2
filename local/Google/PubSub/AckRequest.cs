namespace EnergyLoad.Local.Google.PubSub;

/// <summary>The body of <c>acknowledge</c> and of <c>modifyAckDeadline</c>, where 0 s gives the messages back.</summary>
internal sealed record AckRequest(IReadOnlyList<string>? AckIds, int AckDeadlineSeconds = 0);
