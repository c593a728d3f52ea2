using System.Data.Common;
using System.Security.Claims;
using EnergyLoad.Auth.Access;
using EnergyLoad.Auth.Freshness;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth;

/// <summary>
/// Whether the user of a request still may what it asks. A handler of a route that
/// <see cref="RouteAccessConventions.ChecksStandingItself"/> asks it before anything takes effect.
/// </summary>
public sealed class StandingCheck
{
    private readonly FreshnessReader _reader;
    private readonly SessionForm _form;
    private readonly RememberedToken _remembered;
    private readonly Endpoint? _endpoint;
    private readonly Standing? _assumed;
    private bool _isRead;

    /// <param name="reader">Reads.</param>
    /// <param name="form">The token.</param>
    /// <param name="remembered">Where what is read is remembered.</param>
    /// <param name="endpoint">Where the request goes.</param>
    /// <param name="assumed">What the request was let in on; null when it was read, and decided, at the door.</param>
    internal StandingCheck(
        FreshnessReader reader, SessionForm form, RememberedToken remembered, Endpoint? endpoint, Standing? assumed)
    {
        (_reader, _form, _remembered, _endpoint, _assumed) = (reader, form, remembered, endpoint, assumed);
        _isRead = assumed is null;
    }

    /// <summary>Why the token itself does not hold, by what was read.</summary>
    internal string? Fault { get; private set; }

    /// <summary>Why the request is refused, by what was read; null when it is not.</summary>
    internal AccessRefusal? Refusal { get; private set; }

    internal string UserId => _form.Claims.UserId;

    private bool Holds => _isRead && Refusal is null;

    /// <summary>The check of a request. It is no parameter of handlers: what is bound asynchronously costs every request a detour.</summary>
    /// <param name="principal">The principal of the request, <c>HttpContext.User</c>.</param>
    /// <exception cref="InvalidOperationException">The route does not ask for a user
    /// (<see cref="RouteAccessConventions.RequireGatewayUser{TBuilder}"/>).</exception>
    public static StandingCheck Of(ClaimsPrincipal principal) =>
        UserPrincipal.Of(principal)?.Check ?? throw new InvalidOperationException("The route does not require a user.");

    /// <summary>
    /// Does a batch that requests share, without what is of users who may not. How all of them stand is asked once, now: in the commit of
    /// the whole batch at once, which fails if a user stands otherwise than was assumed or the database refuses anything else; then it is
    /// read first and the batch is done step by step. What was asked for a request before is not asked again.
    /// </summary>
    /// <param name="items">The batch.</param>
    /// <param name="checkOf">The check of an item's request, all of one service; null for an item that no user sent.</param>
    /// <param name="write">
    /// Does the whole batch in a transaction; its results, in the order of the items, hold when the commit has succeeded. What it leaves to
    /// the commit saves round trips. It may run several times.
    /// </param>
    /// <param name="act">Does those that remain, at least one; its results are in their order.</param>
    /// <param name="refused">The result of each of the others.</param>
    /// <exception cref="UnavailableException">It cannot be asked: nothing was done, or it is unknown whether the batch was committed.</exception>
    public static async Task<IReadOnlyList<TResult>> DoAllowedAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, Func<TItem, StandingCheck?> checkOf,
        Func<DbTransaction, IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> write,
        Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> act, TResult refused)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(checkOf);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(act);
        var checks = items.Select(checkOf).OfType<StandingCheck>().Distinct().ToArray();
        if (await TryAtOnceAsync(items, checks, write) is { } results)
        {
            return results;
        }

        await ReadAsync(checks);
        if (items.All(IsAllowed))
        {
            return await act(items);
        }

        var allowed = items.Where(IsAllowed).ToArray();
        var done = new Queue<TResult>(allowed.Length == 0 ? [] : await act(allowed));
        return [.. items.Select(item => IsAllowed(item) ? done.Dequeue() : refused)];

        bool IsAllowed(TItem item) => checkOf(item) is not { } check || check.Holds;
    }

    /// <summary>Reads whether the user may, unless it was read before.</summary>
    /// <exception cref="UnavailableException">It cannot be read: nothing may take effect then.</exception>
    public async Task<bool> HoldsAsync()
    {
        if (!_isRead)
        {
            await ReadAsync([this]);
        }

        return Holds;
    }

    /// <returns>Null when nothing was done.</returns>
    private static async Task<IReadOnlyList<TResult>?> TryAtOnceAsync<TItem, TResult>(
        IReadOnlyList<TItem> items, IReadOnlyList<StandingCheck> checks,
        Func<DbTransaction, IReadOnlyList<TItem>, CancellationToken, Task<IReadOnlyList<TResult>>> write)
    {
        if (checks.Count == 0 || checks.Any(check => check is { _isRead: true, Refusal: not null }))
        {
            return null;
        }

        var open = checks.Where(check => !check._isRead).ToList();
        var results = await checks[0]._reader.TryCommitAsync(
            open.ConvertAll(check => (check._form.Claims, check._assumed!)), (transaction, token) => write(transaction, items, token));
        if (results is not null)
        {
            // What let the request in holds.
            open.ForEach(check => check._isRead = true);
        }

        return results;
    }

    private static async Task ReadAsync(IReadOnlyList<StandingCheck> checks)
    {
        var open = checks.Where(check => !check._isRead).ToList();
        if (open.Count == 0)
        {
            return;
        }

        var standings = await open[0]._reader.ReadTogetherAsync(open.ConvertAll(check => check._form.Claims));
        for (var i = 0; i < open.Count; i++)
        {
            open[i].Decide(standings[i]);
        }
    }

    private void Decide(Standing read)
    {
        _remembered.Last = read;
        Fault = read.FaultOf(_form.Claims);
        Refusal = _form.RefusalOf(read, _endpoint!)
            ?? (read.User!.Username == _assumed!.User!.Username ? null : AccessRefusal.NoSession);
        _isRead = true;
    }
}
