namespace EnergyLoad.Local.ESight.Behaviour;

/// <summary>The rules stack: the newest that matches decides, and under a spent one the older shows again.</summary>
internal sealed class BehaviourRules
{
    private readonly Lock _lock = new();
    private readonly List<ArmedRule> _rules = [];

    public void Add(BehaviourRule rule)
    {
        var armed = new ArmedRule(rule);
        lock (_lock)
        {
            _rules.Add(armed);
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _rules.Clear();
        }
    }

    public BehaviourRule? Take(string path, string messageId) =>
        Take(rule => rule.Rule.Drop != Drop.BeforeReading && rule.AppliesTo(path, messageId));

    /// <summary>Whether the request is cut off unread; nobody knows its messageId yet.</summary>
    public bool TakeUnread(string path) => Take(rule => rule.Rule.Drop == Drop.BeforeReading && rule.AppliesTo(path, "")) is not null;

    private BehaviourRule? Take(Predicate<ArmedRule> applies)
    {
        lock (_lock)
        {
            _rules.RemoveAll(rule => rule.IsSpent);
            var found = _rules.FindLast(applies);
            found?.Use();
            return found?.Rule;
        }
    }
}
