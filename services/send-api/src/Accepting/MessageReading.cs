using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>What reading the bytes of one message gave.</summary>
internal abstract record MessageReading
{
    private MessageReading()
    {
    }

    /// <summary>It can be accepted; plausibility raises warnings, never edits.</summary>
    public sealed record Valid(GatewayMessage Message, IReadOnlyList<ProblemError> Warnings) : MessageReading;

    /// <summary>It is JSON and not a message; every fault is listed.</summary>
    public sealed record Invalid(IReadOnlyList<ProblemError> Errors) : MessageReading;
}
