using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>How much is kept and how much may be asked (section <c>ErrorReports</c>).</summary>
internal sealed class ErrorReportOptions
{
    public const string Section = "ErrorReports";

    /// <summary>
    /// Days after which a report that was published and archived is deleted from the books; 400 by default. The archive has its own rules.
    /// </summary>
    [Range(1, 10_000)]
    public int KeepDays { get; set; } = 400;

    /// <summary>Searches that one user may start in a minute on one instance; 120 by default.</summary>
    [Range(1, 100_000)]
    public int SearchesPerMinute { get; set; } = 120;
}

[OptionsValidator]
internal sealed partial class ErrorReportOptionsValidator : IValidateOptions<ErrorReportOptions>;
