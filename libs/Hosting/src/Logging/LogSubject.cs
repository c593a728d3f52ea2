namespace EnergyLoad.Hosting;

/// <summary>
/// Whom and what the present request is about: the fields <c>user</c>, <c>sendId</c> and <c>messageId</c> of every line that is logged
/// while it is served. Outside a request nothing is remembered.
/// </summary>
public static class LogSubject
{
    private static readonly AsyncLocal<Subject?> Present = new();

    internal static Subject? Current => Present.Value;

    /// <summary>Says who is behind the request.</summary>
    /// <param name="userId">The user's id, as the audit log has it; a name could be somebody's address.</param>
    public static void IsUser(string? userId)
    {
        if (Present.Value is { } subject)
        {
            subject.User = userId;
        }
    }

    /// <summary>Says which message the request is about; a request about several names none.</summary>
    /// <param name="sendId">Its send id; null leaves what is known.</param>
    /// <param name="messageId">Its messageId; null leaves what is known.</param>
    public static void IsMessage(Guid? sendId, string? messageId = null)
    {
        if (Present.Value is { } subject)
        {
            subject.SendId = sendId ?? subject.SendId;
            subject.MessageId = messageId ?? subject.MessageId;
        }
    }

    /// <summary>Begins a request; what is said of it holds until the method that calls this ends.</summary>
    internal static Subject Begin() => Present.Value = new Subject();

    internal sealed class Subject
    {
        public string? User { get; set; }

        public Guid? SendId { get; set; }

        public string? MessageId { get; set; }

        /// <summary>The path that was asked for; null while no route is known to be meant by it.</summary>
        public string? Path { get; set; }
    }
}
