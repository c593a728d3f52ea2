using System.Text.RegularExpressions;

namespace EnergyLoad.Deployment.Tests.Hcl;

/// <summary>
/// Reads as much of HashiCorp's configuration language as is written under infra/: blocks, attributes, the text of expressions.
/// </summary>
internal sealed partial class HclReader(string text)
{
    private int _at;

    /// <summary>Everything up to the closing brace, or to the end.</summary>
    public HclBody Body()
    {
        var (attributes, blocks) = (new List<HclAttribute>(), new List<HclBlock>());
        while (Skip() && text[_at] != '}')
        {
            var name = Name();
            Skip();
            if (text[_at] == '=')
            {
                _at++;
                attributes.Add(new(name, Expression()));
            }
            else
            {
                blocks.Add(Block(name));
            }
        }

        _at++;
        return new(attributes, blocks);
    }

    /// <summary>The place after the text, bracket, comment or character that begins at a place.</summary>
    public static int Past(string text, int at) => text[at] switch
    {
        '"' => PastText(text, at),
        '{' or '[' or '(' => PastBracket(text, at),
        '#' => PastLine(text, at),
        '<' when Heredoc().Match(text, at) is { Success: true } heredoc => heredoc.Index + heredoc.Length,
        _ => at + 1,
    };

    private HclBlock Block(string type)
    {
        var labels = new List<string>();
        while (Skip() && text[_at] == '"')
        {
            labels.Add(Name());
        }

        if (text[_at++] != '{')
        {
            throw new FormatException($"A brace is missing after {type} {string.Join(' ', labels)}.");
        }

        return new(type, labels, Body());
    }

    // An expression ends with its line, or at a comma, or where what it stands in ends; not inside brackets or texts.
    private string Expression()
    {
        var start = _at;
        while (_at < text.Length && text[_at] is not ('\n' or ',' or '}'))
        {
            _at = Past(text, _at);
        }

        return text[start.._at].Trim();
    }

    private string Name()
    {
        var start = _at;
        _at = text[_at] == '"' ? PastText(text, _at) : text[_at] == '(' ? PastBracket(text, _at) : _at + Word().Match(text, _at).Length;
        return _at > start ? text[start.._at].Trim('"') : throw new FormatException($"A name is missing at {start}.");
    }

    private bool Skip()
    {
        while (_at < text.Length && (char.IsWhiteSpace(text[_at]) || text[_at] is ',' or '#'))
        {
            _at = Past(text, _at);
        }

        return _at < text.Length;
    }

    private static int PastText(string text, int at)
    {
        for (at++; text[at] != '"'; at++)
        {
            if (text[at] == '\\')
            {
                at++;
            }
            else if (text[at] == '$' && text[at + 1] == '{')
            {
                at = PastBracket(text, at + 1) - 1;
            }
        }

        return at + 1;
    }

    private static int PastBracket(string text, int at)
    {
        for (at++; text[at] is not ('}' or ']' or ')');)
        {
            at = Past(text, at);
        }

        return at + 1;
    }

    private static int PastLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;

    [GeneratedRegex(@"\G[A-Za-z_][\w-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"\G<<-?(\w+)\n.*?\n[ \t]*\1(?=\n)", RegexOptions.Singleline)]
    private static partial Regex Heredoc();
}
