namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>JSON that some readers would let pass and this service does not; it never leaves <see cref="ErrorReportReader"/>.</summary>
internal sealed class RefusedJsonException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
