namespace EnergyLoad.Local.ESight.Books;

/// <summary>One POST that was received, answered or not.</summary>
/// <param name="MessageId">header.messageId; empty when there is none.</param>
/// <param name="Sha256">Of the body, in lower-case hexadecimals.</param>
/// <param name="Readings">How many datapointValues the body holds.</param>
/// <param name="Status">What was answered; 0 when the connection was cut before the answer was complete.</param>
/// <param name="ReceivedAt">When the body had arrived.</param>
/// <param name="BodyAt">Where the body begins in the file of bodies.</param>
/// <param name="BodyLength">How many bytes the body has.</param>
internal sealed record BookEntry(
    string MessageId, string Sha256, int Readings, int Status, DateTimeOffset ReceivedAt, long BodyAt, int BodyLength);
