namespace EnergyLoad.Local.Google.Dispatch;

internal static class DispatchServices
{
    public static IServiceCollection AddDispatch(this IServiceCollection services) => services
        .AddSingleton(_ => new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        })
        .AddSingleton<Caller>()
        .AddSingleton<CallerIdentity>();
}
