namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>What runs under an account of its own and asks a metadata server for its tokens.</summary>
internal enum Runner
{
    SendApi,
    ReceiveApi,
    SendGateway,
    ReceiveGateway,
}
