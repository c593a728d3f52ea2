using EnergyLoad.Local.Google.PubSub;
using EnergyLoad.Local.Google.Scheduler;
using EnergyLoad.Local.Google.Tasks;

namespace EnergyLoad.Local.Google.Control;

internal static class ControlEndpoints
{
    public static IServiceCollection AddControl(this IServiceCollection services) => services.AddSingleton<ControlDesk>();

    public static void MapControl(this WebApplication app)
    {
        app.MapPost("/control/tasks", (ControlChange change, ControlDesk desk) => Change(desk.Tasks, change));
        app.MapPost("/control/pubsub", (ControlChange change, ControlDesk desk) => Change(desk.PubSub, change));
        app.MapPost("/control/scheduler", (ControlChange change, ControlDesk desk) => Change(desk.Scheduler, change));
        app.MapPost("/control/scheduler/run", RunJob);
        app.MapGet("/control/state", State);
    }

    private static IResult Change(Controls controls, ControlChange change)
    {
        controls.Change(change);
        return Results.Json(controls.State);
    }

    private static IResult RunJob(string name, Jobs jobs) => jobs.RunNow(name) ? Results.NoContent() : Results.NotFound();

    private static IResult State(ControlDesk desk, TaskQueues queues, Topology topology, Jobs jobs) => Results.Json(new
    {
        tasks = new { control = desk.Tasks.State, queues = queues.All.ToDictionary(queue => queue.Name, queue => queue.Counts) },
        pubsub = new
        {
            control = desk.PubSub.State,
            subscriptions = topology.Subscriptions.ToDictionary(subscription => subscription.Name, subscription => subscription.Counts),
        },
        scheduler = new { control = desk.Scheduler.State, jobs = jobs.All.ToDictionary(job => job.Name, job => job.Counts) },
    });
}
