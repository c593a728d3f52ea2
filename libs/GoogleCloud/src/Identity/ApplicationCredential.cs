using Google.Apis.Auth.OAuth2;

namespace EnergyLoad.GoogleCloud;

/// <summary>The credential of this process, found at its first use and kept.</summary>
internal sealed class ApplicationCredential : IDisposable
{
    private const string CloudPlatform = "https://www.googleapis.com/auth/cloud-platform";
    private readonly SemaphoreSlim _finding = new(1, 1);
    private GoogleCredential? _credential;

    public ApplicationCredential()
    {
    }

    public ApplicationCredential(GoogleCredential credential) => _credential = credential;

    /// <exception cref="GoogleCloudException">There is no credential, or the metadata server gives no token.</exception>
    public async Task<string> GetAccessTokenAsync(CancellationToken ct)
    {
        var credential = await GetAsync(ct);
        try
        {
            return await ((ITokenAccess)credential).GetAccessTokenForRequestAsync(null, ct);
        }
        catch (Exception exception) when (IsRefusal(exception, ct))
        {
            throw Unavailable("an access token", exception);
        }
    }

    /// <summary>Gets another token than the one that was refused; does nothing for credentials that cannot ask for another.</summary>
    public async Task RenewAccessTokenAsync(string refused, CancellationToken ct)
    {
        if ((await GetAsync(ct)).UnderlyingCredential is not ServiceCredential credential || credential.Token?.AccessToken != refused)
        {
            return;
        }

        try
        {
            await credential.RequestAccessTokenAsync(ct);
        }
        catch (Exception exception) when (IsRefusal(exception, ct))
        {
            throw Unavailable("a new access token", exception);
        }
    }

    public async Task<GoogleCredential> GetAsync(CancellationToken ct)
    {
        if (_credential is { } known)
        {
            return known;
        }

        await _finding.WaitAsync(ct);
        try
        {
            return _credential ??= await FindAsync(ct);
        }
        finally
        {
            _finding.Release();
        }
    }

    public void Dispose() => _finding.Dispose();

    // Google's library has no one kind of exception: a refusal without a body, for one, ends in its NullReferenceException.
    internal static bool IsRefusal(Exception exception, CancellationToken ct) =>
        exception is not GoogleCloudException && !(exception is OperationCanceledException && ct.IsCancellationRequested);

    internal static GoogleCloudException Unavailable(string what, Exception exception) =>
        new($"The credentials of this process do not give {what}: {exception.Message}", exception) { IsTransient = true };

    private static async Task<GoogleCredential> FindAsync(CancellationToken ct)
    {
        // A metadata server named by the environment goes before the well-known file of gcloud: otherwise a developer's own
        // token would be sent to whatever stands in for Google.
        if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable("GCE_METADATA_HOST")))
        {
            return GoogleCredential.FromComputeCredential(new ComputeCredential());
        }

        try
        {
            var credential = await GoogleCredential.GetApplicationDefaultAsync(ct);
            return credential.IsCreateScopedRequired ? credential.CreateScoped(CloudPlatform) : credential;
        }
        catch (Exception exception) when (IsRefusal(exception, ct))
        {
            throw Unavailable("an application default credential", exception);
        }
    }
}
