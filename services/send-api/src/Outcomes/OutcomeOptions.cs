using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Where outcomes are told, and for how long they are kept (section <c>Outcomes</c>).</summary>
internal sealed class OutcomeOptions
{
    public const string Section = "Outcomes";

    /// <summary>The topic of error events that can never be applied; a name of the own project, or a full resource name.</summary>
    [Required]
    public string DeadLetterTopic { get; set; } = "esight-error-reports-dead";

    /// <summary>After how many minutes it is first told that a message still waits; 60 by default.</summary>
    [Range(1, 60)]
    public int FirstAgeMinutes { get; set; } = 60;

    /// <summary>After how many hours it is told once more; 24 by default.</summary>
    [Range(2, 24 * 30)]
    public int SecondAgeHours { get; set; } = 24;

    /// <summary>For how many days messages are kept that are settled, rejected or cancelled; 400 by default.</summary>
    [Range(1, 36_500)]
    public int KeepDays { get; set; } = 400;
}

[OptionsValidator]
internal sealed partial class OutcomeOptionsValidator : IValidateOptions<OutcomeOptions>;
