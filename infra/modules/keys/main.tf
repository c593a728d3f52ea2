resource "google_kms_key_ring" "this" {
  name     = "energyload"
  location = var.region
}

# Keys that encrypt at rest: one per kind of data, so that the right to one opens nothing else.
resource "google_kms_crypto_key" "encryption" {
  for_each = {
    config   = "configuration objects that a service decrypts itself (source kms-gcs)"
    secrets  = "Secret Manager"
    database = "Cloud SQL"
    archive  = "buckets of messages and reports"
    audit    = "the bucket of the audit log's anchors"
  }

  name                       = each.key
  key_ring                   = google_kms_key_ring.this.id
  rotation_period            = "7776000s"
  destroy_scheduled_duration = "2592000s"

  lifecycle {
    prevent_destroy = true
  }
}

# Signs what passed the pipeline's gates. Asymmetric keys do not rotate by themselves: docs/deploy.md, "Rotating the attestation key".
resource "google_kms_crypto_key" "attestation" {
  name                       = "attestation"
  key_ring                   = google_kms_key_ring.this.id
  purpose                    = "ASYMMETRIC_SIGN"
  destroy_scheduled_duration = "2592000s"

  version_template {
    algorithm        = "EC_SIGN_P256_SHA256"
    protection_level = "HSM"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "agent" {
  for_each = {
    secrets  = var.agents["secretmanager"]
    database = var.agents["sqladmin"]
    archive  = var.agents["storage"]
    audit    = var.agents["storage"]
  }

  crypto_key_id = google_kms_crypto_key.encryption[each.key].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value}"
}

resource "google_kms_crypto_key_iam_member" "config_reader" {
  for_each = var.config_readers

  crypto_key_id = google_kms_crypto_key.encryption["config"].id
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = "serviceAccount:${each.value}"
}

resource "google_kms_crypto_key_iam_member" "signer" {
  crypto_key_id = google_kms_crypto_key.attestation.id
  role          = "roles/cloudkms.signerVerifier"
  member        = "serviceAccount:${var.signer}"
}
