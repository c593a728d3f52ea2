using EnergyLoad.Local.Google.Answers;

namespace EnergyLoad.Local.Google.Tasks;

/// <summary>Cloud Tasks v2.</summary>
internal static class TaskEndpoints
{
    public static IServiceCollection AddTasks(this IServiceCollection services) => services
        .AddSingleton<TaskQueues>()
        .AddSingleton<TaskRules>()
        .AddHostedService<TaskDispatcher>();

    public static void MapTasks(this WebApplication app)
    {
        var queue = app.MapGroup("/v2/projects/{project}/locations/{location}/queues/{queue}");
        queue.MapGet("", (HttpContext context, TaskQueues queues) =>
            queues.Find(QueueName(context)) is { } found ? Results.Json(new { name = found.Name, state = "RUNNING" }) : NoQueue());
        queue.MapPost("/tasks", Create);
        queue.MapGet("/tasks", (HttpContext context, TaskQueues queues) =>
            queues.Find(QueueName(context)) is { } found
                ? Results.Json(new { tasks = found.Tasks.Select(task => task.ToResource()) })
                : NoQueue());
        queue.MapGet("/tasks/{task}", (HttpContext context, string task, TaskQueues queues) =>
            queues.Find(QueueName(context))?.Find(TaskName(context, task)) is { } found ? Results.Json(found.ToResource()) : NoTask());
        queue.MapDelete("/tasks/{task}", (HttpContext context, string task, TaskQueues queues) =>
            queues.Find(QueueName(context))?.Delete(TaskName(context, task)) == true ? Results.Json(new { }) : NoTask());
    }

    private static IResult Create(HttpContext context, CreateTaskRequest request, TaskQueues queues, TaskRules rules)
    {
        if (queues.Find(QueueName(context)) is not { } queue)
        {
            return NoQueue();
        }

        if (rules.FaultIn(queue.Name, request.Task) is { } fault)
        {
            return fault;
        }

        return queue.Create(request.Task!) is { } task ? Results.Json(task.ToResource()) : GoogleError.AlreadyExists("The task");
    }

    private static string QueueName(HttpContext context) =>
        $"projects/{context.GetRouteValue("project")}/locations/{context.GetRouteValue("location")}/queues/{context.GetRouteValue("queue")}";

    private static string TaskName(HttpContext context, string task) => $"{QueueName(context)}/tasks/{task}";

    private static GoogleError NoQueue() => GoogleError.NotFound("Queue");

    private static GoogleError NoTask() => GoogleError.NotFound("Task");
}
