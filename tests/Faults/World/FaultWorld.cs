using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.World;

/// <summary>The pair with everything by which it can be disturbed and looked at.</summary>
internal sealed class FaultWorld(RunningStack stack) : IDisposable
{
    /// <summary>The site of every message of these runs.</summary>
    public const string Site = "FLT";

    private const int Meters = 400;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public static string SiteCode => $"LU_{Site}";

    public RunningStack Running => stack;

    public StackDescription Stack => stack.Description;

    public StackProcesses Processes { get; } = new(stack);

    public ServerControl Server { get; } = new(stack.Description);

    public ESightControl ESight => new(_http, Stack.Esight);

    public GoogleControl Google => new(_http, Stack.Google);

    /// <summary>The services' clocks, where they have their own.</summary>
    public ServiceClocks Clocks => new(_http, (OwnClocks)stack);

    /// <summary>e-Sight's name, where it has one.</summary>
    public NamedESight ESightName => (NamedESight)stack;

    public static string Meter(int number) => $"LU_{Site}_Elec_{number % Meters}";

    public static string ChainMeter(int number) => $"LU_{Site}_Chain_{number}";

    /// <summary>A meter that e-Sight never gets to know.</summary>
    public static string UnknownMeter => $"LU_{Site}_Unknown_0";

    /// <summary>Nothing misbehaves, but for e-Sight's judgement of messages named so.</summary>
    public async Task CalmAsync()
    {
        await Google.CalmAsync();
        await ESight.ForgetAsync();
        await ESight.BehaveAsync(new { status = 422, match = "_bad_" });
    }

    public async Task PrepareAsync()
    {
        await ESight.PutSitesAsync(SiteCode);
        await ESight.PutMetersAsync(Enumerable.Range(0, Meters).Select(Meter).Concat(Enumerable.Range(0, 8).Select(ChainMeter)));
    }

    public void Dispose() => _http.Dispose();
}
