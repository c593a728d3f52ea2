namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>firebase-tools' emulator of Cloud Storage.</summary>
public sealed class FirebaseStorage() : FirebaseEmulator("storage");
