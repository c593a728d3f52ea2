using System.Net;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Users;

namespace EnergyLoad.Auth.Login;

/// <summary>Who tries to prove a password, and from where.</summary>
internal sealed record Attempt(AuditContext Context, string TypedName)
{
    public Username Name { get; } = Username.FromTyped(TypedName);

    public IPAddress? Address => Context.ClientAddress;

    public LoginSubjects Subjects => LoginSubjects.Of(Name, Address);
}
