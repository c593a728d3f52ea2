using System.Text.RegularExpressions;

namespace EnergyLoad.Local.ESight.Behaviour;

/// <summary>A rule in force, with the requests that it still has to spoil.</summary>
internal sealed class ArmedRule(BehaviourRule rule)
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);
    private readonly Regex? _match = rule.Match is null ? null : new Regex(rule.Match, RegexOptions.CultureInvariant, MatchLimit);
    private readonly string _path = rule.Path ?? "/consumption";
    private int? _left = rule.Times;

    public BehaviourRule Rule => rule;

    public bool IsSpent => _left <= 0;

    public bool AppliesTo(string path, string messageId) =>
        _path.Equals(path, StringComparison.Ordinal) && (_match?.IsMatch(messageId) ?? true);

    public void Use() => _left--;
}
