using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Where reports are told and archived, and how this service is woken to do it (section <c>Publishing</c>).</summary>
internal sealed class PublishingOptions
{
    public const string Section = "Publishing";

    /// <summary>The Pub/Sub topic of the events; a name of the own project, or a full resource name.</summary>
    [Required]
    public string Topic { get; set; } = "esight-error-reports";

    /// <summary>The Cloud Tasks queue of the wake-ups; a name of the own project and location, or a full resource name.</summary>
    [Required]
    public string Queue { get; set; } = "receive-publish";

    /// <summary>Address of this service, as Cloud Tasks reaches it.</summary>
    [Required, Url]
    public string ServiceUrl { get; set; } = "";

    /// <summary>E-mail of the account under which Cloud Tasks calls.</summary>
    [Required]
    public string TasksAccount { get; set; } = "";

    /// <summary>The audience of that account's ID tokens.</summary>
    [Required]
    public string Audience { get; set; } = "";

    /// <summary>The bucket that keeps the raw reports.</summary>
    [Required]
    public string ArchiveBucket { get; set; } = "";

    /// <summary>The first part of the objects' names, without slashes around it.</summary>
    [Required]
    public string ArchivePrefix { get; set; } = "error-reports";
}

[OptionsValidator]
internal sealed partial class PublishingOptionsValidator : IValidateOptions<PublishingOptions>;
