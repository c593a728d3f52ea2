using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Authorization;

namespace EnergyLoad.Auth.Access;

/// <summary>Why a request was refused: the code goes into the audit log, the type to the client.</summary>
internal sealed class Denial(IAuthorizationHandler handler, string code, ProblemType type) : AuthorizationFailureReason(handler, code)
{
    public ProblemType Type => type;
}
