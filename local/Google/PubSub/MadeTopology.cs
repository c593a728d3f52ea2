using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.PubSub;

internal sealed record MadeTopology(IReadOnlyList<string> Topics, IReadOnlyList<SubscriptionSettings> Subscriptions);
