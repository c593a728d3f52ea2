using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>How much may wait for the commit (section <c>Accepting</c>).</summary>
internal sealed class AcceptOptions
{
    public const string Section = "Accepting";

    /// <summary>Group commits under way at once; 2 by default.</summary>
    [Range(1, 16)]
    public int Workers { get; set; } = 2;

    /// <summary>Messages of several requests in one commit at most; 256 by default. Those of one request stay together.</summary>
    [Range(1, 1000)]
    public int BatchMessages { get; set; } = 256;

    /// <summary>Messages that may wait in this process; 4,096 by default. More are refused with 503.</summary>
    [Range(1, 100_000)]
    public int QueueMessages { get; set; } = 4_096;

    /// <summary>Of these, messages of one sender; 2,048 by default.</summary>
    [Range(1, 100_000)]
    public int QueueMessagesPerSender { get; set; } = 2_048;
}

[OptionsValidator]
internal sealed partial class AcceptOptionsValidator : IValidateOptions<AcceptOptions>;
