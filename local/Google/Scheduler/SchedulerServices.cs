namespace EnergyLoad.Local.Google.Scheduler;

internal static class SchedulerServices
{
    public static IServiceCollection AddScheduler(this IServiceCollection services) =>
        services.AddSingleton<Jobs>().AddHostedService<JobRunner>();
}
