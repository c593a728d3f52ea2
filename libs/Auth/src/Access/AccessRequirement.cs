using Microsoft.AspNetCore.Authorization;

namespace EnergyLoad.Auth.Access;

internal sealed record AccessRequirement(RouteAccess Access) : IAuthorizationRequirement;
