using EnergyLoad.SendApi.Outcomes;
using System.Text.Json;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Steps over JSON more strictly than the reader alone: no member twice, no lone surrogates.</summary>
internal static class JsonWalk
{
    public static readonly JsonReaderOptions Strict = new() { MaxDepth = MessageLimits.Depth };

    /// <summary>The text of the current string or name.</summary>
    /// <exception cref="JsonException">An escaped lone surrogate.</exception>
    public static string Text(ref Utf8JsonReader json)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A string holds half of a surrogate pair.", exception);
        }
    }

    /// <summary>Steps over the value that the reader stands on.</summary>
    /// <param name="json">Stands on the value's first token; afterwards on its last.</param>
    /// <param name="pointer">The value's JSON pointer, for the faults found inside.</param>
    /// <param name="faults">Where a repeated member is told.</param>
    public static void SkipValue(ref Utf8JsonReader json, string pointer, Faults faults)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject:
                SkipObject(ref json, pointer, faults);
                break;
            case JsonTokenType.StartArray:
                for (var index = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; index++)
                {
                    SkipValue(ref json, $"{pointer}/{index}", faults);
                }

                break;
            case JsonTokenType.String when json.ValueIsEscaped:
                Text(ref json);
                break;
            default:
                break;
        }
    }

    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static void SkipObject(ref Utf8JsonReader json, string pointer, Faults faults)
    {
        var names = default(MemberNames);
        while (json.Read() && json.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref json);
            var member = $"{pointer}/{Escape(name)}";
            if (!names.Add(name))
            {
                faults.Refuse(member, ReasonCode.DuplicateMember, "The member stands twice in its object.");
            }

            json.Read();
            SkipValue(ref json, member, faults);
        }
    }
}
