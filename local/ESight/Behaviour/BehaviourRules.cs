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

    public BehaviourRule? Take(string path, string messageId)
    {
        lock (_lock)
        {
            _rules.RemoveAll(rule => rule.IsSpent);
            var found = _rules.FindLast(rule => rule.AppliesTo(path, messageId));
            found?.Use();
            return found?.Rule;
        }
    }
}
