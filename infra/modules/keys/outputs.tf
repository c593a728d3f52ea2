output "encryption" {
  description = "Id of each encrypting key by name, usable once Google's own accounts may use it."
  value       = { for name, key in google_kms_crypto_key.encryption : name => key.id }
  depends_on  = [google_kms_crypto_key_iam_member.agent]
}

output "attestation" { value = google_kms_crypto_key.attestation.id }
