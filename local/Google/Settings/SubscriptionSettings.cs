namespace EnergyLoad.Local.Google.Settings;

/// <summary>A Pub/Sub subscription: pushed to <paramref name="PushEndpoint"/>, or pulled when there is none.</summary>
internal sealed record SubscriptionSettings(
    string Name,
    string Topic,
    Uri? PushEndpoint = null,
    string? ServiceAccount = null,
    string? Audience = null,
    int MinBackoffMs = 100,
    int MaxBackoffMs = 60_000,
    int AckDeadlineSeconds = 10,
    string? DeadLetterTopic = null,
    int MaxDeliveryAttempts = 0);
