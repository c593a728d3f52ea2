namespace EnergyLoad.Local.Tests.Gateway;

internal static class TestWords
{
    public const string KeyMissing =
        "UNAUTHENTICATED: Method doesn't allow unregistered callers (callers without established identity). "
        + "Please use API Key or other form of API consumer identity to call this API.";

    public const string KeyUnknown = "INVALID_ARGUMENT: API key not valid. Please pass a valid API key.";
}
