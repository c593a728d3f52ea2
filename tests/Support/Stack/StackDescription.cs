using EnergyLoad.MySql;

namespace EnergyLoad.Testing.Stack;

/// <summary>stack.json, as docs say it is written.</summary>
public sealed record StackDescription(
    Uri SendGateway,
    Uri ReceiveGateway,
    IReadOnlyList<Uri> SendApi,
    IReadOnlyList<Uri> ReceiveApi,
    Uri Esight,
    Uri Google,
    StackServer Mysql,
    IReadOnlyDictionary<string, string> ApiKeys,
    IReadOnlyDictionary<string, StackUser> Users,
    IReadOnlyDictionary<string, string> Callers,
    IReadOnlyDictionary<string, string> Audiences,
    StackPids Pids,
    string Logs);

/// <summary>The database server and its migrations account.</summary>
public sealed record StackServer(string Host, int Port, string Database, string User, string Password)
{
    /// <summary>The door to the database.</summary>
    public Database Open() => new(new MySqlOptions
    {
        Host = Host,
        Port = Port,
        Database = Database,
        User = User,
        Password = Password,
        TlsMode = "None",
        AllowPublicKeyRetrieval = true,
    });
}

/// <summary>Name and password of one of the stack's users.</summary>
public sealed record StackUser(string Username, string Password);

/// <summary>The stack's processes.</summary>
public sealed record StackPids(
    int? Mariadb, int Google, int Esight, IReadOnlyList<int> SendApi, IReadOnlyList<int> ReceiveApi, int SendGateway, int ReceiveGateway);
