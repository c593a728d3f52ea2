using System.Globalization;

namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>Who listens where: everything counts from one base, all on 127.0.0.1.</summary>
internal sealed record Ports(int Base, int Instances)
{
    /// <summary>More would run into the next block of ports.</summary>
    public const int MaximumInstances = 20;

    private const int Span = 70;

    public int SendGateway => Base + 1;

    public int ReceiveGateway => Base + 2;

    public int ESight => Base + 60;

    public int Google => Base + 61;

    public int MariaDb => Base + 62;

    public int SendApi(int instance) => Base + 11 + instance;

    public int ReceiveApi(int instance) => Base + 31 + instance;

    /// <summary>Metadata servers, one per account that runs something.</summary>
    public int Metadata(Runner runner) => Base + 63 + (int)runner;

    public static bool Fits(int first) => first is >= 1024 and <= 65535 - Span;

    public static string Url(int port, string host = "127.0.0.1") => $"http://{host}:{port.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Every port that the stack will take, with the name of who takes it.</summary>
    public IEnumerable<(int Port, string Owner)> All(bool privateDatabase)
    {
        yield return (SendGateway, "send gateway");
        yield return (ReceiveGateway, "receive gateway");
        for (var instance = 0; instance < Instances; instance++)
        {
            yield return (SendApi(instance), "send-api");
            yield return (ReceiveApi(instance), "receive-api");
        }

        yield return (ESight, "e-Sight simulator");
        yield return (Google, "Google stand-in");
        if (privateDatabase)
        {
            yield return (MariaDb, "MariaDB");
        }

        foreach (var runner in Enum.GetValues<Runner>())
        {
            yield return (Metadata(runner), "metadata server");
        }
    }
}
