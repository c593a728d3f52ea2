namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>One entry of the reason catalogue.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Source">Who gives it.</param>
/// <param name="Meaning">What it says, in a sentence.</param>
/// <param name="Action">Who must act, and what helps.</param>
/// <param name="ResendHelps">Whether the same request again can succeed without anything else being mended.</param>
internal sealed record Reason(string Code, string Source, string Meaning, string Action, bool ResendHelps);
