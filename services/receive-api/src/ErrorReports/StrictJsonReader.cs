using System.Text.Json;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>
/// A forward reader that refuses what two parsers may read differently: names that come twice in one object, and escapes that
/// are half a surrogate pair (RFC 8259, sections 4 and 8.2).
/// </summary>
internal ref struct StrictJsonReader(ReadOnlySpan<byte> json, int maxDepth)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly List<HashSet<string>> _names = [];

    // One level more than is allowed, so that the refusal is ours and says what it is.
    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { MaxDepth = maxDepth + 1 });

    public readonly JsonTokenType TokenType => _reader.TokenType;

    /// <summary>The decoded text of a name or a string.</summary>
    public readonly string Text => Decode();

    public bool Read()
    {
        if (!_reader.Read())
        {
            return false;
        }

        Check();
        return true;
    }

    /// <summary>Steps over the value that starts here and returns its bytes as written.</summary>
    public ReadOnlySpan<byte> Skip()
    {
        var from = (int)_reader.TokenStartIndex;
        if (TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = _reader.CurrentDepth;
            while (Read() && _reader.CurrentDepth > depth)
            {
            }
        }

        return _json[from..(int)_reader.BytesConsumed];
    }

    private readonly void Check()
    {
        switch (TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray when _reader.CurrentDepth >= maxDepth:
                throw new RefusedJsonException("TooDeep", $"Nested deeper than {maxDepth} levels.");
            case JsonTokenType.StartObject:
                Open();
                break;
            case JsonTokenType.PropertyName when !_names[_reader.CurrentDepth - 1].Add(Decode()):
                throw new RefusedJsonException(
                    "DuplicateMember", $"A name that comes twice in one object, at byte {_reader.TokenStartIndex}.");
            case JsonTokenType.String when _reader.ValueIsEscaped:
                Decode();
                break;
        }
    }

    private readonly void Open()
    {
        while (_names.Count <= _reader.CurrentDepth)
        {
            _names.Add(new HashSet<string>(StringComparer.Ordinal));
        }

        _names[_reader.CurrentDepth].Clear();
    }

    private readonly string Decode()
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedJsonException("LoneSurrogate", $"Half a surrogate pair, at byte {_reader.TokenStartIndex}.");
        }
    }
}
