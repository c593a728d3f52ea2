using System.Text.Json;
using System.Text.Unicode;
using EnergyLoad.Hosting;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Reads the body of an error report, once.</summary>
internal static class ErrorReportReader
{
    private static ReadOnlySpan<byte> Blanks => " \t\r\n"u8;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static ReadOutcome Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.Trim(Blanks).IsEmpty ? new ReadOutcome.Empty() : ReadDocument(body);
        }
        catch (JsonException exception)
        {
            return Refused("NotJson", $"Not JSON from byte {exception.BytePositionInLine} of line {exception.LineNumber + 1} on.");
        }
        catch (RefusedJsonException exception)
        {
            return Refused(exception.Code, exception.Message);
        }
    }

    private static ReadOutcome ReadDocument(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith(ByteOrderMark))
        {
            return Refused("ByteOrderMark", "JSON between systems starts without a byte order mark (RFC 8259, section 8.1).");
        }

        if (!Utf8.IsValid(body))
        {
            return Refused("NotUtf8", "JSON between systems is UTF-8 (RFC 8259, section 8.1).");
        }

        var reader = new StrictJsonReader(body, ErrorReportLimits.Depth);
        reader.Read();
        var outcome = ReadRoot(ref reader);

        // Throws when anything but white space follows.
        reader.Read();
        return outcome;
    }

    private static ReadOutcome ReadRoot(ref StrictJsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var value = reader.Skip();
            return value.SequenceEqual("null"u8) || IsEmptyArray(value)
                ? new ReadOutcome.Empty()
                : Refused("WrongType", "The report is an object.");
        }

        var draft = new ErrorReportDraft();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.Text;
            reader.Read();
            draft.TakeMember(name, ref reader);
        }

        return draft.ToOutcome();
    }

    private static bool IsEmptyArray(ReadOnlySpan<byte> value) =>
        value is [(byte)'[', .. var inside, (byte)']'] && inside.Trim(Blanks).IsEmpty;

    private static ReadOutcome.Invalid Refused(string code, string detail) => new([new ProblemError("", code, detail)]);
}
