using EnergyLoad.SendApi.Outcomes;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Reads <c>gatewayData.datapointValues</c>: checks each reading, keeps the period, changes nothing.</summary>
internal sealed class ReadingsReader(Faults faults, DateTimeOffset now)
{
    private const string Path = "/gatewayData/datapointValues";
    private static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(10);
    private readonly List<(long Ticks, int KeyHash)> _instants = [];

    public int Count { get; private set; }

    public DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    public bool AnyNegative { get; private set; }

    private string InstantPointer => $"{Path}/{Count}/tsIso8601";

    /// <summary>Reads the array that the reader stands on.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            faults.Refuse(Path, ReasonCode.NoDatapointValues, "datapointValues is not an array.");
            JsonWalk.SkipValue(ref json, Path, faults);
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType == JsonTokenType.StartObject)
            {
                ReadOne(ref json);
            }
            else
            {
                faults.Refuse($"{Path}/{Count}", ReasonCode.InvalidReading, "A reading is an object.");
                JsonWalk.SkipValue(ref json, $"{Path}/{Count}", faults);
            }

            Count++;
        }

        if (Count is 0 or > MessageLimits.Readings)
        {
            var code = Count == 0 ? ReasonCode.NoDatapointValues : ReasonCode.TooManyReadings;
            faults.Refuse(Path, code, $"A message holds 1 to {MessageLimits.Readings} readings.");
        }

        WarnOfRepetitions();
    }

    private void ReadOne(ref Utf8JsonReader json)
    {
        var seen = Members.None;
        var keyHash = 0;
        HashSet<string>? others = null;
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            if (json.ValueIsEscaped)
            {
                // Refuses half a surrogate pair, at which the comparison would throw.
                JsonWalk.Text(ref json);
            }

            var member = json.ValueTextEquals("datapointKey"u8) ? Members.Key
                : json.ValueTextEquals("value"u8) ? Members.Value
                : json.ValueTextEquals("tsIso8601"u8) ? Members.Instant
                : Members.None;
            var other = member == Members.None ? JsonWalk.Text(ref json) : null;
            var repeated = other is null ? (seen & member) != 0 : !(others ??= new(StringComparer.Ordinal)).Add(other);
            if (repeated)
            {
                faults.Refuse(
                    $"{Path}/{Count}/{NameOf(member, other)}", ReasonCode.DuplicateMember, "The member stands twice in its object.");
            }

            seen |= member;
            json.Read();
            keyHash = ReadMember(ref json, member, other) ?? keyHash;
        }

        if (seen != Members.All)
        {
            RefuseMissing(seen);
        }

        if (_instants.Count > 0 && _instants[^1].KeyHash == 0)
        {
            CollectionsMarshal.AsSpan(_instants)[^1].KeyHash = keyHash;
        }
    }

    private int? ReadMember(ref Utf8JsonReader json, Members member, string? other)
    {
        switch (member)
        {
            case Members.Key:
                return ReadKey(ref json);
            case Members.Value:
                ReadValue(ref json);
                return null;
            case Members.Instant:
                ReadInstant(ref json);
                return null;
            default:
                JsonWalk.SkipValue(ref json, $"{Path}/{Count}/{NameOf(member, other)}", faults);
                return null;
        }
    }

    private int? ReadKey(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length is 0 or > MessageLimits.TextBytes)
        {
            faults.Refuse(
                $"{Path}/{Count}/datapointKey",
                ReasonCode.NoDatapointKey,
                $"datapointKey is text of 1 to {MessageLimits.TextBytes} bytes.");
            JsonWalk.SkipValue(ref json, Path, faults);
            return null;
        }

        if (json.ValueIsEscaped)
        {
            JsonWalk.Text(ref json);
        }

        var hash = default(HashCode);
        hash.AddBytes(json.ValueSpan);
        return hash.ToHashCode() | 1;
    }

    private void ReadValue(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.Number || !IsOfSaneSize(json.ValueSpan))
        {
            faults.Refuse(
                $"{Path}/{Count}/value",
                ReasonCode.InvalidValue,
                $"value is a number of at most {MessageLimits.NumberBytes} characters and an exponent of at most {MessageLimits.NumberExponent}.");
            JsonWalk.SkipValue(ref json, $"{Path}/{Count}/value", faults);
            return;
        }

        AnyNegative |= json.ValueSpan[0] == '-';
    }

    private void ReadInstant(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || !TryInstant(ref json, out var ticks))
        {
            faults.Refuse(
                InstantPointer, ReasonCode.InvalidTimestamp,
                "tsIso8601 is a date-time with an offset or Z, such as 2022-10-30T01:00:00+02:00.");
            JsonWalk.SkipValue(ref json, InstantPointer, faults);
            return;
        }

        var instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        if (instant < MessageLimits.Earliest || instant >= MessageLimits.Latest)
        {
            faults.Refuse(InstantPointer, ReasonCode.TimestampOutOfRange, "The instant lies outside 1990 to 2099.");
        }
        else if (instant > now + FutureTolerance)
        {
            faults.Warn(InstantPointer, ReasonCode.FutureInstant, "The instant lies in the future.");
        }

        First = instant < First ? instant : First;
        Last = instant > Last ? instant : Last;
        _instants.Add((ticks, 0));
    }

    private static bool TryInstant(ref Utf8JsonReader json, out long ticks) =>
        json.ValueIsEscaped
            ? Instant.TryParse(Encoding.UTF8.GetBytes(JsonWalk.Text(ref json)), out ticks)
            : Instant.TryParse(json.ValueSpan, out ticks);

    private void RefuseMissing(Members seen)
    {
        var reading = $"{Path}/{Count}";
        if ((seen & Members.Key) == 0)
        {
            faults.Refuse($"{reading}/datapointKey", ReasonCode.NoDatapointKey, "datapointKey is missing.");
        }

        if ((seen & Members.Value) == 0)
        {
            faults.Refuse($"{reading}/value", ReasonCode.InvalidValue, "value is missing.");
        }

        if ((seen & Members.Instant) == 0)
        {
            faults.Refuse($"{reading}/tsIso8601", ReasonCode.InvalidTimestamp, "tsIso8601 is missing.");
        }
    }

    private void WarnOfRepetitions()
    {
        _instants.Sort();
        for (var i = 1; i < _instants.Count; i++)
        {
            if (_instants[i] == _instants[i - 1])
            {
                faults.Warn(Path, ReasonCode.RepeatedInstant, "An instant of one datapointKey stands more than once in the message.");
                return;
            }
        }
    }

    private static bool IsOfSaneSize(ReadOnlySpan<byte> number)
    {
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        if (number.Length > MessageLimits.NumberBytes || exponentAt < 0)
        {
            return number.Length <= MessageLimits.NumberBytes;
        }

        var exponent = number[(exponentAt + 1)..];
        exponent = exponent[0] == '+' ? exponent[1..] : exponent;
        return Utf8Parser.TryParse(exponent, out int power, out _)
            && power is >= -MessageLimits.NumberExponent and <= MessageLimits.NumberExponent;
    }

    private static string NameOf(Members member, string? other) => member switch
    {
        Members.Key => "datapointKey",
        Members.Value => "value",
        Members.Instant => "tsIso8601",
        _ => JsonWalk.Escape(other!),
    };

    [Flags]
    private enum Members
    {
        None = 0,
        Key = 1,
        Value = 2,
        Instant = 4,
        All = Key | Value | Instant,
    }
}
