namespace EnergyLoad.SendApi.Delivery;

/// <summary>One POST of one message, with what it means.</summary>
/// <param name="Message">The message.</param>
/// <param name="Verdict">What e-Sight's answer means.</param>
/// <param name="At">When it started.</param>
/// <param name="Latency">How long the answer took.</param>
internal sealed record Attempt(ClaimedMessage Message, Verdict Verdict, DateTimeOffset At, TimeSpan Latency);
