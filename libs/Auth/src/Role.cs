namespace EnergyLoad.Auth;

/// <summary>What a user may do; a user has one or more.</summary>
public enum Role
{
    /// <summary>Everything, and the only role that may act on another root.</summary>
    Root,

    /// <summary>Everything but acting on roots.</summary>
    Admin,

    /// <summary>Reads the audit log and the list of users.</summary>
    Auditor,

    /// <summary>Reads everything but the audit log, and resends.</summary>
    Backoffice,

    /// <summary>Pushes messages, and sees its own.</summary>
    Sender,

    /// <summary>e-Sight's own account: posts error JSON and logs out.</summary>
    ESight,

    /// <summary>Sees itself, changes its own password and logs out.</summary>
    User,
}
