using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>How messages get to e-Sight (section <c>Delivery</c>).</summary>
internal sealed class DeliveryOptions
{
    public const string Section = "Delivery";

    /// <summary>The Cloud Tasks queue that wakes the drain; <c>send-drain</c> by default.</summary>
    [Required]
    public string Queue { get; set; } = "send-drain";

    /// <summary>Address of this service, as Cloud Tasks reaches it.</summary>
    [Required, Url]
    public string ServiceUrl { get; set; } = "";

    /// <summary>E-mail of the account under which Cloud Tasks calls.</summary>
    [Required]
    public string TasksAccount { get; set; } = "";

    /// <summary>The audience of that account's ID tokens.</summary>
    [Required]
    public string Audience { get; set; } = "";

    /// <summary>Messages under way at once in this process; 64 by default.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 64;

    /// <summary>First delay before a retry, in milliseconds; doubled each time, with full jitter. 1,000 by default.</summary>
    [Range(10, 600_000)]
    public int FirstDelayMilliseconds { get; set; } = 1_000;

    /// <summary>Longest delay before a retry, in seconds; 300 by default.</summary>
    [Range(1, 86_400)]
    public int LongestDelaySeconds { get; set; } = 300;

    /// <summary>After how many hours a message that never got through is given up; 72 by default.</summary>
    [Range(1, 24 * 30)]
    public int GiveUpHours { get; set; } = 72;

    /// <summary>Failures in a row, of any messages, that open the breaker; 20 by default.</summary>
    [Range(1, 10_000)]
    public int BreakerFailures { get; set; } = 20;

    /// <summary>How long an open breaker, or a block, waits before it probes with one message, in seconds; 5 by default.</summary>
    [Range(1, 3_600)]
    public int ProbeSeconds { get; set; } = 5;

    /// <summary>Different meters whose messages were rejected alike in a row that hold the delivery; 50 by default.</summary>
    [Range(2, 256)]
    public int StormMeters { get; set; } = 50;

    /// <summary>
    /// How long a delivery held by a storm of rejections waits before it probes with one message, in seconds; 60 by default.
    /// </summary>
    [Range(1, 86_400)]
    public int StormProbeSeconds { get; set; } = 60;

    /// <summary>POSTs per second of all instances together; 0, the default, sets no limit.</summary>
    [Range(0, 100_000)]
    public int RatePerSecond { get; set; }

    /// <summary>POSTs that may start at once after a pause: what the rate allows in a quarter of a second, at least one.</summary>
    public double RateBurst => RatePerSecond == 0 ? 0 : Math.Max(1, RatePerSecond / 4.0);

    /// <summary>How often a parked message is looked at again, in seconds; 30 by default.</summary>
    [Range(1, 3_600)]
    public int ParkedSeconds { get; set; } = 30;

    /// <summary>Minutes without an error report after which a delivered message is settled; 1,440 by default.</summary>
    [Range(1, 60 * 24 * 30)]
    public int SettleMinutes { get; set; } = 1_440;
}

[OptionsValidator]
internal sealed partial class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>;
