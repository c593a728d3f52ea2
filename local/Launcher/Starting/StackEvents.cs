namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>Tells the screen and stack.json about processes that come and go.</summary>
internal sealed class StackEvents(Action<string> report, Action pidsChanged)
{
    public void Died(string name, int processId) => report($"{name} (process {processId}) died; starting it again.");

    public void Restarted(string name, int processId)
    {
        pidsChanged();
        report($"{name} runs again as process {processId}.");
    }

    public void NotRestarted(string name, string reason) => report($"{name} did not start: {reason}");
}
