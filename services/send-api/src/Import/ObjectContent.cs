namespace EnergyLoad.SendApi.Import;

/// <summary>What reading an object gave.</summary>
internal abstract record ObjectContent
{
    private ObjectContent()
    {
    }

    /// <summary>Its bytes, checked against the object's checksum.</summary>
    public sealed record Read(byte[] Bytes) : ObjectContent;

    /// <summary>It has more bytes than a message may.</summary>
    public sealed record TooLarge : ObjectContent;

    /// <summary>It is said to be compressed and is not.</summary>
    public sealed record Unreadable : ObjectContent;

    /// <summary>The bucket does not have this content any more.</summary>
    public sealed record Gone : ObjectContent;
}
