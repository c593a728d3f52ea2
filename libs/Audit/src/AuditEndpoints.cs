using EnergyLoad.Audit.Reading;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EnergyLoad.Audit;

/// <summary>The reading route.</summary>
public static class AuditEndpoints
{
    private static readonly ProblemType InvalidQuery = new("InvalidQuery", StatusCodes.Status422UnprocessableEntity, "Invalid query");

    /// <summary>
    /// Maps <c>GET /api/v1/management/audit</c> as <c>ReadAudit</c>. It carries no authorisation of its own: the caller puts its policy
    /// on what is returned.
    /// </summary>
    /// <param name="routes">The service's routes.</param>
    /// <param name="seesMsisdn">Whether the reader of this request sees MSISDNs in full; all others see them masked.</param>
    public static RouteHandlerBuilder MapEnergyLoadAudit(this IEndpointRouteBuilder routes, Func<HttpContext, bool> seesMsisdn)
    {
        ArgumentNullException.ThrowIfNull(seesMsisdn);
        return routes
            .MapGet(
                "/api/v1/management/audit",
                ([AsParameters] AuditQuery query, AuditReader reader, HttpContext context, CancellationToken cancellationToken) =>
                    ReadAuditAsync(query, reader, seesMsisdn(context), cancellationToken))
            .WithName("ReadAudit");
    }

    private static async Task<IResult> ReadAuditAsync(
        AuditQuery query, AuditReader reader, bool fullMsisdn, CancellationToken cancellationToken)
    {
        var filter = query.Parse(out var errors);
        if (errors.Count > 0)
        {
            return new Problem(InvalidQuery, errors: errors);
        }

        var rows = await reader.ReadAsync(filter, cancellationToken);
        var page = rows.Take(filter.Limit).ToList();
        var next = rows.Count > page.Count ? new AuditCursor(page[^1].At, page[^1].Lane, page[^1].Seq).ToString() : null;
        var items = page.Select(row => AuditRecord.From(row, fullMsisdn));
        return JsonAnswer.Of(new AuditPage([.. items], next), AuditJson.Default.AuditPage);
    }
}
