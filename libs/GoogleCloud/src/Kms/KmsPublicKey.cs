namespace EnergyLoad.GoogleCloud;

/// <summary>The public half of an asymmetric key version.</summary>
/// <param name="Algorithm">Cloud KMS's name of the algorithm, such as <c>RSA_SIGN_PKCS1_3072_SHA256</c>.</param>
/// <param name="Pem">The key as a PEM block of a SubjectPublicKeyInfo.</param>
public sealed record KmsPublicKey(string Algorithm, string Pem);
