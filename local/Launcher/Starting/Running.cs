using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>One life of a supervised process.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="Exited">Ends when it has ended.</param>
/// <param name="Ready">Ends when it serves; fails when it ended before.</param>
/// <param name="StopAsync">Asks it to end, and sees to it.</param>
internal sealed record Running(int Id, Task Exited, Task Ready, Func<Task> StopAsync)
{
    public static Running Of(ChildProcess child, Task ready, TimeSpan grace) =>
        new(child.Id, child.Exited, ready, () => child.StopAsync(grace));
}
