using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Hosting;

/// <summary>How the process listens (section <c>Hosting</c>).</summary>
public sealed class ServiceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Hosting";

    /// <summary>Listens on 127.0.0.1 alone; false by default, as Cloud Run needs.</summary>
    public bool Loopback { get; set; }

    /// <summary>Largest request body in bytes; 8 MiB by default.</summary>
    [Range(1024, 32 * 1024 * 1024)]
    public int MaximumBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long a stop waits for work under way, in seconds; 9 by default (Cloud Run kills after 10).</summary>
    [Range(1, 60)]
    public int StopSeconds { get; set; } = 9;

    /// <summary>Which requests leave a line in the log; by default those that were not answered with 2xx.</summary>
    [EnumDataType(typeof(RequestLines))]
    public RequestLines RequestLines { get; set; }

    /// <summary>How many such lines one instance writes in a second at most; the others are counted. 50 by default.</summary>
    [Range(1, 10_000)]
    public int RequestLinesPerSecond { get; set; } = 50;
}

[OptionsValidator]
internal sealed partial class ServiceOptionsValidator : IValidateOptions<ServiceOptions>;
