using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>Where outcomes are told (section <c>Publishing</c>); the wake-up is that of delivery.</summary>
internal sealed class PublishingOptions
{
    public const string Section = "Publishing";

    /// <summary>
    /// The Pub/Sub topic of the events; a name of the own project, or a full resource name. <c>esight-deliveries</c> by default.
    /// </summary>
    [Required]
    public string Topic { get; set; } = "esight-deliveries";
}

[OptionsValidator]
internal sealed partial class PublishingOptionsValidator : IValidateOptions<PublishingOptions>;
