using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.ESight;

/// <summary>Where e-Sight is and who we are there (section <c>ESight</c>).</summary>
internal sealed class ESightOptions
{
    public const string Section = "ESight";

    [Required]
    public Uri? TokenUrl { get; set; }

    [Required]
    public Uri? SitesUrl { get; set; }

    [Required]
    public Uri? MetersUrl { get; set; }

    [Required]
    public Uri? ConsumptionUrl { get; set; }

    /// <summary>Account that reads the lists; not looked at when the secret <c>esight-read</c> has a source.</summary>
    public string ReadUser { get; set; } = "";

    /// <summary>Its password, never logged.</summary>
    public string ReadPassword { get; set; } = "";

    /// <summary>Account that posts consumption; not looked at when the secret <c>esight-write</c> has a source.</summary>
    public string WriteUser { get; set; } = "";

    /// <summary>Its password, never logged.</summary>
    public string WritePassword { get; set; } = "";

    /// <summary>How long one POST may take, in seconds; 30 by default.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>How old the site and meter lists may be, in seconds; 3,600 by default.</summary>
    [Range(1, 86_400)]
    public int ListSeconds { get; set; } = 3_600;
}

[OptionsValidator]
internal sealed partial class ESightFieldsValidator : IValidateOptions<ESightOptions>;
