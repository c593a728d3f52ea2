using System.Text.Json;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Reads one entry of <c>errors</c>; whatever it is, it is kept.</summary>
internal static class ErrorItemReader
{
    public static ErrorItem Read(ref StrictJsonReader reader)
    {
        var draft = new Draft();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            draft.Value = draft.Take(ref reader, ErrorReportLimits.ValueBytes, JsonTokenType.Number);
            return draft.ToItem(ItemMarks.NotAnObject);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.Text;
            reader.Read();
            draft.TakeMember(name, ref reader);
        }

        return draft.ToItem(ItemMarks.None);
    }

    private sealed class Draft
    {
        private string? _errorCode;
        private string? _errorMessage;
        private string? _datapointKey;
        private string? _tsIso8601;
        private ItemMarks _marks;

        public string? Value { get; set; }

        public void TakeMember(string name, ref StrictJsonReader reader)
        {
            switch (name)
            {
                case "errorCode":
                    _errorCode = Take(ref reader, ErrorReportLimits.ErrorCodeBytes);
                    break;
                case "errorMessage":
                    _errorMessage = Take(ref reader, ErrorReportLimits.ErrorMessageBytes);
                    break;
                case "datapointKey":
                    _datapointKey = Take(ref reader, ErrorReportLimits.DatapointKeyBytes);
                    break;
                case "value":
                    Value = Take(ref reader, ErrorReportLimits.ValueBytes, JsonTokenType.Number);
                    break;
                case "tsIso8601":
                    _tsIso8601 = Take(ref reader, ErrorReportLimits.TimestampBytes);
                    break;
                default:
                    reader.Skip();
                    _marks |= ItemMarks.UnknownMember;
                    break;
            }
        }

        public string? Take(ref StrictJsonReader reader, int limitBytes, JsonTokenType alsoPlain = JsonTokenType.String)
        {
            var text = WrittenText.From(ref reader, limitBytes, alsoPlain);
            _marks |= (text.IsOdd ? ItemMarks.OddType : 0) | (text.IsCut ? ItemMarks.Cut : 0);
            return text.Value;
        }

        public ErrorItem ToItem(ItemMarks also) =>
            new(_errorCode, _errorMessage, _datapointKey, Value, _tsIso8601, _marks | also | Missing());

        private ItemMarks Missing() =>
            (_errorCode is null ? ItemMarks.MissingErrorCode : 0)
            | (_errorMessage is null ? ItemMarks.MissingErrorMessage : 0)
            | (_datapointKey is null ? ItemMarks.MissingDatapointKey : 0)
            | (Value is null ? ItemMarks.MissingValue : 0)
            | (_tsIso8601 is null ? ItemMarks.MissingTsIso8601 : 0);
    }
}
