using System.Text;
using System.Text.Json;
using EnergyLoad.Hosting;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A report while it is being read; every fault is collected, so that all are told at once.</summary>
internal sealed class ErrorReportDraft
{
    private readonly List<ProblemError> _faults = [];
    private readonly List<ProblemError> _excesses = [];
    private readonly List<ErrorItem> _items = [];
    private readonly HashSet<string> _required = ["_id", "header", "errors"];
    private bool _isEmpty = true;
    private string? _esightId;
    private string? _messageId;
    private string? _receivedTsIso8601;
    private ReportMarks _marks;

    public void TakeMember(string name, ref StrictJsonReader reader)
    {
        _isEmpty = false;
        _required.Remove(name);
        switch (name)
        {
            case "_id":
                TakeEsightId(ref reader);
                break;
            case "header":
                TakeHeader(ref reader);
                break;
            case "errors":
                TakeErrors(ref reader);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    public ReadOutcome ToOutcome()
    {
        if (_isEmpty)
        {
            return new ReadOutcome.Empty();
        }

        _faults.AddRange(_required.Order(StringComparer.Ordinal)
            .Select(name => new ProblemError($"/{name}", "RequiredMember", "This member is required.")));
        return this switch
        {
            { _faults.Count: > 0 } => new ReadOutcome.Invalid(_faults),
            { _excesses.Count: > 0 } => new ReadOutcome.OverLimit(_excesses),
            _ => new ReadOutcome.Read(ToReport()),
        };
    }

    private ErrorReport ToReport()
    {
        var identity = _messageId is null ? MessageIdentity.Unknown : MessageIdentity.Of(_messageId);
        var marks = _marks
            | (identity.IsComplete ? 0 : ReportMarks.MalformedMessageId)
            | (_receivedTsIso8601 is null ? ReportMarks.MissingReceivedTsIso8601 : 0);
        return new ErrorReport(_esightId!, _messageId, identity, _receivedTsIso8601, _items, marks);
    }

    private void TakeEsightId(ref StrictJsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            Wrong("/_id", "a string");
            return;
        }

        _esightId = reader.Text;
        if (_esightId.Length == 0)
        {
            _faults.Add(new ProblemError("/_id", "EmptyId", "The report's id is empty."));
        }
        else if (Encoding.UTF8.GetByteCount(_esightId) > ErrorReportLimits.EsightIdBytes)
        {
            _excesses.Add(new ProblemError("/_id", "TooLong", $"At most {ErrorReportLimits.EsightIdBytes} bytes."));
        }
    }

    private void TakeHeader(ref StrictJsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            Wrong("/header", "an object");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.Text;
            reader.Read();
            switch (name)
            {
                case "messageId":
                    _messageId = Take(ref reader, ErrorReportLimits.MessageIdBytes);
                    break;
                case "received_tsIso8601":
                    _receivedTsIso8601 = Take(ref reader, ErrorReportLimits.TimestampBytes);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private void TakeErrors(ref StrictJsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            Wrong("/errors", "an array");
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_items.Count < ErrorReportLimits.Items)
            {
                _items.Add(ErrorItemReader.Read(ref reader));
                continue;
            }

            reader.Skip();
            if (_excesses is not [.., { Pointer: "/errors" }])
            {
                _excesses.Add(new ProblemError("/errors", "TooMany", $"At most {ErrorReportLimits.Items} entries."));
            }
        }
    }

    private string? Take(ref StrictJsonReader reader, int limitBytes)
    {
        var text = WrittenText.From(ref reader, limitBytes);
        _marks |= (text.IsOdd ? ReportMarks.OddType : 0) | (text.IsCut ? ReportMarks.Cut : 0);
        return text.Value;
    }

    private void Wrong(string pointer, string expected) => _faults.Add(new ProblemError(pointer, "WrongType", $"Expected {expected}."));
}
