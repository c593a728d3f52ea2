namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>One call of an operation, right in all that is not said.</summary>
internal sealed record Call(string Id)
{
    /// <summary>The API key; the right one when null, none when empty.</summary>
    public string? Key { get; init; }

    /// <summary>The user's token; none when null.</summary>
    public string? Token { get; init; }

    /// <summary>What stands for the variable of the path; an id that nothing has when null.</summary>
    public string? PathValue { get; init; }

    /// <summary>With its question mark.</summary>
    public string Query { get; init; } = "";

    public string? Body { get; init; }

    public string MediaType { get; init; } = "application/json";

    public string? Accept { get; init; }
}
