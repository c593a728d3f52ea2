namespace EnergyLoad.Deployment.Tests.Hcl;

/// <summary>Object literals inside an expression.</summary>
internal static class HclObjects
{
    /// <summary>
    /// The members of every object literal that is not inside another one: of <c>merge(local.common, { a = 1 }, { b = 2 })</c> a and b.
    /// What a <c>for</c> makes is left out, since its keys are computed.
    /// </summary>
    public static IEnumerable<HclAttribute> Members(string expression)
    {
        var at = 0;
        while (at < expression.Length)
        {
            if (expression[at] == '{')
            {
                var inside = expression[(at + 1)..];
                if (!inside.TrimStart().StartsWith("for ", StringComparison.Ordinal))
                {
                    foreach (var member in new HclReader(inside).Body().Attributes)
                    {
                        yield return member;
                    }
                }
            }

            // Into the arguments of a function, past everything else.
            at = expression[at] is '(' or ')' ? at + 1 : HclReader.Past(expression, at);
        }
    }
}
