using System.Runtime.Versioning;

// File modes and signals are tested as Linux has them.
[assembly: SupportedOSPlatform("linux")]
