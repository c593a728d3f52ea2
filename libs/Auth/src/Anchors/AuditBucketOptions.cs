using EnergyLoad.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Anchors;

/// <summary>Where the heads of the audit log are kept (section <c>Audit</c>, beside what EnergyLoad.Audit reads there).</summary>
internal sealed class AuditBucketOptions
{
    public const string Section = "Audit";

    /// <summary>
    /// Bucket whose retention is locked; required but for <c>Hosting:Loopback</c>, since without it a cut tail of the log cannot be found.
    /// </summary>
    public string AnchorBucket { get; set; } = "";
}

internal sealed class AuditBucketOptionsValidator(IOptions<ServiceOptions> hosting) : IValidateOptions<AuditBucketOptions>
{
    public ValidateOptionsResult Validate(string? name, AuditBucketOptions options) =>
        options.AnchorBucket.Length == 0 && !hosting.Value.Loopback
            ? ValidateOptionsResult.Fail("Audit:AnchorBucket is required: without anchors a cut tail of the audit log cannot be found.")
            : ValidateOptionsResult.Success;
}
