using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Testing.Stack;

/// <summary>
/// Ports in a row that no other stack of any test process on this machine has: free ones that are taken at the same moment would be given
/// twice.
/// </summary>
internal sealed class PortRange : IDisposable
{
    private readonly FileStream _turn;

    private PortRange(int first, FileStream turn) => (First, _turn) = (first, turn);

    public int First { get; }

    public static PortRange Take(int count)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "energyload-test-ports")).FullName;
        while (true)
        {
            var first = FreePort.FindRange(count);
            if (FileTurn.TryTake(Path.Combine(folder, $"{first}")) is { } turn)
            {
                return new PortRange(first, turn);
            }
        }
    }

    public void Dispose() => _turn.Dispose();
}
