namespace EnergyLoad.GoogleCloud;

/// <summary>Where Google Cloud is and which project and region are ours: section <c>GoogleCloud</c>, validated at start.</summary>
public sealed class GoogleCloudOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "GoogleCloud";

    /// <summary>Project that short resource names belong to; required.</summary>
    public string ProjectId { get; set; } = "";

    /// <summary>Region of short queue names, such as <c>europe-west1</c>; required.</summary>
    public string Location { get; set; } = "";

    /// <summary>Base address of Cloud Tasks. Every base address is https unless its host is a loopback address.</summary>
    public Uri TasksUrl { get; set; } = new("https://cloudtasks.googleapis.com");

    /// <summary>Base address of Pub/Sub; <c>https://REGION-pubsub.googleapis.com</c> keeps ordering keys in one region.</summary>
    public Uri PubSubUrl { get; set; } = new("https://pubsub.googleapis.com");

    /// <summary>Base address of Cloud Storage.</summary>
    public Uri StorageUrl { get; set; } = new("https://storage.googleapis.com");

    /// <summary>Base address of Secret Manager.</summary>
    public Uri SecretManagerUrl { get; set; } = new("https://secretmanager.googleapis.com");

    /// <summary>Base address of Cloud KMS.</summary>
    public Uri KmsUrl { get; set; } = new("https://cloudkms.googleapis.com");

    /// <summary>Base address of the IAM Service Account Credentials API.</summary>
    public Uri IamCredentialsUrl { get; set; } = new("https://iamcredentials.googleapis.com");

    /// <summary>How long one attempt of a call may take; 5 s by default.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a call may take with all its attempts and the pauses between them; 10 s by default.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);
}
