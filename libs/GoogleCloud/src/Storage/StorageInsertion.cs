namespace EnergyLoad.GoogleCloud;

/// <summary>How an insertion ended.</summary>
public abstract record StorageInsertion
{
    private StorageInsertion()
    {
    }

    /// <summary>The object has the content that was given.</summary>
    /// <param name="Object">The object.</param>
    public sealed record Written(StorageObject Object) : StorageInsertion;

    /// <summary>Another content is there than the precondition allows; nothing was changed.</summary>
    public sealed record PreconditionFailed : StorageInsertion;
}
