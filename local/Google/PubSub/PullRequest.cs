namespace EnergyLoad.Local.Google.PubSub;

internal sealed record PullRequest(int MaxMessages, bool ReturnImmediately = false);
