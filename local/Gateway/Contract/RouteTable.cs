namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>Finds the operation of a request in ESPv2's order of routes.</summary>
internal sealed class RouteTable
{
    private readonly Operation[] _operations;

    public RouteTable(IEnumerable<Operation> operations)
    {
        _operations =
            [.. operations.OrderBy(operation => operation.Template).ThenBy(operation => operation.Method, StringComparer.Ordinal)];
        for (var index = 1; index < _operations.Length; index++)
        {
            var (one, next) = (_operations[index - 1], _operations[index]);
            if (one.Template.CompareTo(next.Template) == 0 && one.Method == next.Method)
            {
                throw new ContractException($"{one.Id} and {next.Id} are both {one.Method} {one.Template.Text}.");
            }
        }
    }

    /// <summary>The operation of that method and path; null when there is none.</summary>
    public Operation? Find(string method, ReadOnlySpan<char> path)
    {
        foreach (var operation in _operations)
        {
            if (operation.Method == method && operation.Template.Matches(path))
            {
                return operation;
            }
        }

        return null;
    }

    /// <summary>The first template that the path fits whatever its method; null when there is none.</summary>
    public PathTemplate? FindPath(ReadOnlySpan<char> path)
    {
        foreach (var operation in _operations)
        {
            if (operation.Template.Matches(path))
            {
                return operation.Template;
            }
        }

        return null;
    }
}
