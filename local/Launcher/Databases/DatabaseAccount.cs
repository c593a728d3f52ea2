namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>One of the accounts that the pair's parts use. A class, not a record: its text must not show the password.</summary>
internal sealed class DatabaseAccount(string user, string password)
{
    public string User => user;

    public string Password => password;
}
