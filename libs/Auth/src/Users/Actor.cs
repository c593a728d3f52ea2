using EnergyLoad.Audit;

namespace EnergyLoad.Auth.Users;

/// <summary>Who acts on accounts, and from where.</summary>
internal sealed record Actor(CurrentUser User, AuditContext Context);
