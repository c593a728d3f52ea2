using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Import;

/// <summary>Where messages lie that are taken from a bucket, and where their objects go (section <c>Import</c>).</summary>
internal sealed class ImportOptions
{
    public const string Section = "Import";

    /// <summary>The bucket that is read.</summary>
    [Required]
    public string SourceBucket { get; set; } = "";

    /// <summary>Where an object goes, under its own name, when e-Sight has its message.</summary>
    [Required]
    public string SuccessBucket { get; set; } = "";

    /// <summary>Where an object goes, under PREFIX/REASON/NAME, when its message was refused, rejected, given up or cancelled.</summary>
    [Required]
    public string ErrorBucket { get; set; } = "";

    /// <summary>How names in the error bucket start; <c>send</c> by default.</summary>
    [Required, RegularExpression("^[^/].*[^/]$")]
    public string ErrorPrefix { get; set; } = "send";

    /// <summary>How long a request waits for its objects to be taken, in seconds; 20 by default, before the gateway's deadline.</summary>
    [Range(1, 25)]
    public int WaitSeconds { get; set; } = 20;
}

[OptionsValidator]
internal sealed partial class ImportFieldsValidator : IValidateOptions<ImportOptions>;
