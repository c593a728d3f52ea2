output "attestor" { value = google_binary_authorization_attestor.gates.name }

output "key_version" {
  description = "Full name of the key version that signs."
  value       = data.google_kms_crypto_key_version.attestation.name
}
