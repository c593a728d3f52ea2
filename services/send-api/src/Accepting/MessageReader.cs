using EnergyLoad.SendApi.Outcomes;
using System.Text.Json;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Reads one message in one pass over its bytes and reports every fault at once.</summary>
internal sealed class MessageReader(DateTimeOffset now)
{
    private readonly Faults _faults = new();
    private string? _typeUrn;
    private string? _gatewayUrn;
    private string? _messageId;
    private long _messageIdEnd;
    private bool _hasType;
    private ReadingsReader? _readings;

    /// <summary>Reads the value that the reader stands on.</summary>
    /// <param name="json">Stands on the first token of the message; afterwards on its last.</param>
    /// <param name="source">The bytes that the reader reads.</param>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public MessageReading Read(ref Utf8JsonReader json, ReadOnlyMemory<byte> source)
    {
        var start = json.TokenStartIndex;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            _faults.Refuse("", ReasonCode.InvalidMessage, "A message is a JSON object.");
            JsonWalk.SkipValue(ref json, "", _faults);
            return new MessageReading.Invalid(_faults.Errors);
        }

        ReadMembers(ref json, "", static (reader, ref json, name) => reader.ReadRootMember(ref json, name));
        var urns = CheckHeader();
        return _faults.Errors.Count > 0 || urns is null
            ? new MessageReading.Invalid(_faults.Errors)
            : new MessageReading.Valid(
                ToMessage(source[(int)start..(int)json.BytesConsumed], (int)(_messageIdEnd - start), urns), _faults.Warnings);
    }

    private delegate bool MemberReader(MessageReader reader, ref Utf8JsonReader json, string name);

    private void ReadMembers(ref Utf8JsonReader json, string path, MemberReader read)
    {
        var names = default(MemberNames);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = JsonWalk.Text(ref json);
            if (!names.Add(name))
            {
                _faults.Refuse($"{path}/{JsonWalk.Escape(name)}", ReasonCode.DuplicateMember, "The member stands twice in its object.");
            }

            json.Read();
            if (!read(this, ref json, name))
            {
                JsonWalk.SkipValue(ref json, $"{path}/{JsonWalk.Escape(name)}", _faults);
            }
        }
    }

    private bool ReadRootMember(ref Utf8JsonReader json, string name)
    {
        switch (name)
        {
            case "messageType":
                _hasType = ReadText(ref json, "/messageType") is not null;
                return true;
            case "header" when json.TokenType == JsonTokenType.StartObject:
                ReadMembers(ref json, "/header", static (reader, ref json, name) => reader.ReadHeaderMember(ref json, name));
                return true;
            case "gatewayData" when json.TokenType == JsonTokenType.StartObject:
                ReadMembers(ref json, "/gatewayData", static (reader, ref json, name) => reader.ReadDataMember(ref json, name));
                return true;
            default:
                return false;
        }
    }

    private bool ReadHeaderMember(ref Utf8JsonReader json, string name)
    {
        switch (name)
        {
            case "gatewayTypeUrn":
                _typeUrn = ReadText(ref json, "/header/gatewayTypeUrn");
                return true;
            case "gatewayUrn":
                _gatewayUrn = ReadText(ref json, "/header/gatewayUrn");
                return true;
            case "messageId":
                _messageId = ReadText(ref json, "/header/messageId");
                _messageIdEnd = json.BytesConsumed - 1;
                return true;
            default:
                return false;
        }
    }

    private bool ReadDataMember(ref Utf8JsonReader json, string name)
    {
        if (name != "datapointValues")
        {
            return false;
        }

        _readings = new ReadingsReader(_faults, now);
        _readings.Read(ref json);
        return true;
    }

    private string? ReadText(ref Utf8JsonReader json, string pointer)
    {
        if (json.TokenType != JsonTokenType.String)
        {
            JsonWalk.SkipValue(ref json, pointer, _faults);
            return null;
        }

        if (json.ValueSpan.Length > MessageLimits.TextBytes)
        {
            _faults.Refuse(pointer, ReasonCode.TextTooLong, $"The text is longer than {MessageLimits.TextBytes} bytes.");
        }

        var text = JsonWalk.Text(ref json);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private GatewayUrns? CheckHeader()
    {
        RequireMember(_hasType, "/messageType", ReasonCode.NoMessageType);
        RequireMember(_messageId is not null, "/header/messageId", ReasonCode.NoMessageId);
        RequireMember(_typeUrn is not null, "/header/gatewayTypeUrn", ReasonCode.NoGatewayTypeUrn);
        RequireMember(_gatewayUrn is not null, "/header/gatewayUrn", ReasonCode.NoGatewayUrn);
        RequireMember(_readings is not null, "/gatewayData/datapointValues", ReasonCode.NoDatapointValues);
        if (_typeUrn is null || _gatewayUrn is null)
        {
            return null;
        }

        RefuseUrn(GatewayUrns.ReadType(_typeUrn, out var market, out var feed), "/header/gatewayTypeUrn");
        RefuseUrn(GatewayUrns.ReadMeter(_gatewayUrn, out var site, out var meter), "/header/gatewayUrn");
        WarnOfPlausibility(market, feed);
        return new GatewayUrns(market, feed, site, meter);
    }

    private void RequireMember(bool present, string pointer, ReasonCode code)
    {
        if (!present && !_faults.Errors.Exists(error => error.Pointer == pointer))
        {
            _faults.Refuse(pointer, code, $"{pointer[(pointer.LastIndexOf('/') + 1)..]} is missing or not text.");
        }
    }

    private void RefuseUrn(ReasonCode? code, string pointer)
    {
        if (code is { } fault)
        {
            _faults.Refuse(pointer, fault, Reasons.Of(fault).Meaning);
        }
    }

    private void WarnOfPlausibility(string market, string feed)
    {
        if (_messageId is not null && !_messageId.StartsWith($"{feed}_{market}_", StringComparison.OrdinalIgnoreCase))
        {
            _faults.Warn("/header/messageId", ReasonCode.UnusualMessageId, "messageId does not start with FEED_MARKET_.");
        }

        if (_readings is { AnyNegative: true } && Feeds.IsConsumption(feed))
        {
            _faults.Warn("/gatewayData/datapointValues", ReasonCode.NegativeConsumption, "A reading of a consumption feed is negative.");
        }
    }

    private GatewayMessage ToMessage(ReadOnlyMemory<byte> body, int spliceAt, GatewayUrns urns) => new()
    {
        Body = body,
        MessageId = _messageId!,
        SpliceAt = spliceAt,
        GatewayUrn = _gatewayUrn!,
        Urns = urns,
        Readings = _readings!.Count,
        FirstInstant = _readings.First,
        LastInstant = _readings.Last,
    };
}
