using System.Runtime.InteropServices;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>Ctrl-C, SIGTERM, or the terminal going away.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _asked = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal() => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(
            signal => PosixSignalRegistration.Create(signal, Ask)),
    ];

    public CancellationToken Asked => _asked.Token;

    public async Task WaitAsync()
    {
        var asked = new TaskCompletionSource();
        await using var registration = Asked.Register(asked.SetResult);
        await asked.Task;
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _asked.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        context.Cancel = true;
        _asked.Cancel();
    }
}
