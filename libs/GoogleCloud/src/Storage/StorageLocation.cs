namespace EnergyLoad.GoogleCloud;

/// <summary>Where an object is, or shall be.</summary>
/// <param name="Bucket">Name of the bucket.</param>
/// <param name="Name">Name of the object, its slashes unescaped.</param>
public sealed record StorageLocation(string Bucket, string Name)
{
    /// <summary>As <c>gs://BUCKET/NAME</c>.</summary>
    public override string ToString() => $"gs://{Bucket}/{Name}";
}
