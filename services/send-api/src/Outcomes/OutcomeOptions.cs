using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Where outcomes are told (section <c>Outcomes</c>).</summary>
internal sealed class OutcomeOptions
{
    public const string Section = "Outcomes";

    /// <summary>The topic of error events that can never be applied; a name of the own project, or a full resource name.</summary>
    [Required]
    public string DeadLetterTopic { get; set; } = "esight-error-reports-dead";
}

[OptionsValidator]
internal sealed partial class OutcomeOptionsValidator : IValidateOptions<OutcomeOptions>;
