using EnergyLoad.Local.Google.Answers;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>A subscription as the API writes it.</summary>
internal sealed record SubscriptionResource(
    string? Name,
    string? Topic,
    SubscriptionResource.PushPart? PushConfig = null,
    int? AckDeadlineSeconds = null,
    SubscriptionResource.RetryPart? RetryPolicy = null,
    SubscriptionResource.DeadLetterPart? DeadLetterPolicy = null)
{
    private const int DefaultAttempts = 5;

    internal sealed record PushPart(Uri? PushEndpoint = null, OidcPart? OidcToken = null);

    internal sealed record OidcPart(string? ServiceAccountEmail, string? Audience);

    internal sealed record RetryPart(string? MinimumBackoff, string? MaximumBackoff);

    internal sealed record DeadLetterPart(string? DeadLetterTopic, int? MaxDeliveryAttempts);

    public static SubscriptionResource From(SubscriptionSettings settings) => new(
        settings.Name,
        settings.Topic,
        settings.PushEndpoint is null
            ? new PushPart()
            : new PushPart(settings.PushEndpoint, new OidcPart(settings.ServiceAccount, settings.Audience)),
        settings.AckDeadlineSeconds,
        new RetryPart(
            Durations.Format(TimeSpan.FromMilliseconds(settings.MinBackoffMs)),
            Durations.Format(TimeSpan.FromMilliseconds(settings.MaxBackoffMs))),
        settings.DeadLetterTopic is null ? null : new DeadLetterPart(settings.DeadLetterTopic, settings.MaxDeliveryAttempts));

    public SubscriptionSettings ToSettings(string name)
    {
        var settings = new SubscriptionSettings(name, Topic ?? "");
        return settings with
        {
            PushEndpoint = PushConfig?.PushEndpoint,
            ServiceAccount = PushConfig?.OidcToken?.ServiceAccountEmail,
            Audience = PushConfig?.OidcToken?.Audience,
            AckDeadlineSeconds = AckDeadlineSeconds is > 0 ? AckDeadlineSeconds.Value : settings.AckDeadlineSeconds,
            MinBackoffMs = Milliseconds(RetryPolicy?.MinimumBackoff, settings.MinBackoffMs),
            MaxBackoffMs = Milliseconds(RetryPolicy?.MaximumBackoff, settings.MaxBackoffMs),
            DeadLetterTopic = DeadLetterPolicy?.DeadLetterTopic,
            MaxDeliveryAttempts = DeadLetterPolicy is null ? 0 : DeadLetterPolicy.MaxDeliveryAttempts ?? DefaultAttempts,
        };
    }

    private static int Milliseconds(string? duration, int byDefault) =>
        duration is not null && Durations.TryParse(duration, out var span) ? (int)span.TotalMilliseconds : byDefault;
}
