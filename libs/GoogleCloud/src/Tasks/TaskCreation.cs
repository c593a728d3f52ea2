namespace EnergyLoad.GoogleCloud;

/// <summary>How the creation of a task ended.</summary>
public abstract record TaskCreation
{
    private TaskCreation()
    {
    }

    /// <summary>The task is in the queue.</summary>
    /// <param name="Name">Full resource name of the task.</param>
    public sealed record Created(string Name) : TaskCreation;

    /// <summary>A task of that name is, or lately was, in the queue.</summary>
    public sealed record AlreadyExists : TaskCreation;
}
