namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>The stack cannot go on; the message says to the person at the terminal what to do about it.</summary>
internal sealed class StackFailedException(string message, Exception? inner = null) : Exception(message, inner);
