namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>firebase-tools' emulator of Cloud Tasks.</summary>
public sealed class FirebaseTasks() : FirebaseEmulator("tasks");
