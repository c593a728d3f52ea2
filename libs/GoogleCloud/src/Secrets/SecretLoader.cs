using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud.Secrets;

/// <summary>Loads every secret before anything else of the host starts, and reads each again while it runs.</summary>
internal sealed partial class SecretLoader(
    IEnumerable<Secret> secrets, SecretsOptions options, TimeProvider time, ILogger<SecretLoader> logger)
    : BackgroundService, IHostedLifecycleService
{
    private readonly Secret[] _secrets = [.. secrets];

    public Task StartingAsync(CancellationToken cancellationToken) => LoadAllAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="SecretException">One or more could not be loaded; all of them are named.</exception>
    public async Task LoadAllAsync(CancellationToken ct)
    {
        var faults = (await Task.WhenAll(_secrets.Select(secret => TryLoadAsync(secret, ct)))).OfType<SecretException>().ToList();
        if (faults.Count > 0)
        {
            var messages = string.Join(Environment.NewLine, faults.Select(static fault => fault.Message));
            throw new SecretException(messages, faults[0].InnerException);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.ReloadEvery, time);
        while (_secrets.Length > 0 && await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var secret in _secrets)
            {
                if (await TryLoadAsync(secret, stoppingToken) is { } fault)
                {
                    Log.NotReloaded(logger, secret.Name, fault);
                }
            }
        }
    }

    private static async Task<SecretException?> TryLoadAsync(Secret secret, CancellationToken ct)
    {
        try
        {
            await secret.LoadAsync(ct);
            return null;
        }
        catch (SecretException exception)
        {
            return exception;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1214, LogLevel.Error, "Secret {Name} could not be read again; the version that was loaded before stays in use")]
        public static partial void NotReloaded(ILogger logger, string name, Exception exception);
    }
}
