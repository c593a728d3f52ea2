using EnergyLoad.Hosting;

namespace EnergyLoad.GoogleCloud;

/// <summary>A secret is missing, unreadable, or not what it should be. The message names it and never holds any of its value.</summary>
public sealed class SecretException : StartUpException
{
    internal SecretException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
