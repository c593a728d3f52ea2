namespace EnergyLoad.Audit.Commands;

internal static class VerificationReport
{
    public static async Task WriteAsync(AuditVerification verification, TextWriter output)
    {
        foreach (var finding in verification.Findings)
        {
            await output.WriteLineAsync($"{finding.Kind}: {finding.Explanation}");
        }

        await output.WriteLineAsync(verification.NewestAnchorOutside is { } newest
            ? $"{verification.AnchorsOutside} anchors from outside compared; a tail cut after {newest.UtcDateTime:O} cannot be found."
            : "No anchor from outside was given: a tail that was cut with care cannot be found.");
        await output.WriteLineAsync(
            verification.IsIntact
                ? $"INTACT: {verification.Rows} rows."
                : $"TAMPERED: {verification.Findings.Count} faults in {verification.Rows} rows.");
    }
}
