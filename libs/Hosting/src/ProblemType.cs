namespace EnergyLoad.Hosting;

/// <summary>One kind of refusal: its stable code, its HTTP status and its short title.</summary>
/// <param name="Code">The code, in the words of the reason catalogue; also the anchor of the problem's <c>type</c>.</param>
/// <param name="Status">The HTTP status that answers carry.</param>
/// <param name="Title">A summary that never changes from one occurrence to the next.</param>
public sealed record ProblemType(string Code, int Status, string Title);
