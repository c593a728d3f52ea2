namespace EnergyLoad.Local.Google.Control;

/// <summary>The body of <c>POST /control/{surface}</c>: what is left out stays as it is.</summary>
/// <param name="Pause">Hold everything back, or let it go again.</param>
/// <param name="Duplicate">So many more deliveries happen twice; 0 forgets those that are left.</param>
/// <param name="Drop">So many more deliveries fail to happen; 0 forgets those that are left.</param>
/// <param name="DelayMs">How much later than due everything that is enqueued from now on becomes due.</param>
internal sealed record ControlChange(bool? Pause = null, int? Duplicate = null, int? Drop = null, int? DelayMs = null);
