namespace EnergyLoad.SendApi.Outcomes;

/// <summary>One entry of the reason catalogue.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Source">Who gives it: <c>send-api</c>, <c>e-Sight</c> or <c>transport</c>.</param>
/// <param name="Meaning">What it says, in a sentence.</param>
/// <param name="Action">Who must act, and what helps.</param>
/// <param name="ResendHelps">Whether sending the same bytes again can succeed without anything else being mended.</param>
internal sealed record Reason(string Code, string Source, string Meaning, string Action, bool ResendHelps);
