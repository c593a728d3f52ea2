namespace EnergyLoad.Faults.Tests.World;

/// <summary>What a process of the stack is.</summary>
internal enum Role
{
    SendApi,
    ReceiveApi,
    SendGateway,
    ReceiveGateway,
    ESight,
    Google,
    MariaDb,
}
