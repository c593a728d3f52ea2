# What may run: images that the pipeline attested after its gates, by digest, and others' images from our own mirror.
resource "google_container_analysis_note" "gates" {
  name = "energyload-gates"

  attestation_authority {
    hint {
      human_readable_name = "Tested, built from the main branch, scanned"
    }
  }
}

data "google_kms_crypto_key_version" "attestation" {
  crypto_key = var.attestation_key
  version    = var.attestation_version
}

resource "google_binary_authorization_attestor" "gates" {
  name = "energyload-gates"

  attestation_authority_note {
    note_reference = google_container_analysis_note.gates.name

    public_keys {
      id = data.google_kms_crypto_key_version.attestation.id
      pkix_public_key {
        public_key_pem      = data.google_kms_crypto_key_version.attestation.public_key[0].pem
        signature_algorithm = data.google_kms_crypto_key_version.attestation.public_key[0].algorithm
      }
    }
  }
}

resource "google_container_analysis_note_iam_member" "attacher" {
  note   = google_container_analysis_note.gates.name
  role   = "roles/containeranalysis.notes.attacher"
  member = "serviceAccount:${var.attests}"
}

resource "google_binary_authorization_policy" "this" {
  # Google's own system images are judged by Google.
  global_policy_evaluation_mode = "ENABLE"

  default_admission_rule {
    evaluation_mode         = "REQUIRE_ATTESTATION"
    enforcement_mode        = "ENFORCED_BLOCK_AND_AUDIT_LOG"
    require_attestations_by = [google_binary_authorization_attestor.gates.name]
  }

  # Filled by hand at pinned digests; nothing of the pipeline may write there.
  admission_whitelist_patterns {
    name_pattern = "${var.mirror}/*"
  }

  # Only while a project is set up: Cloud Run needs an image before there is one of ours.
  dynamic "admission_whitelist_patterns" {
    for_each = var.admit_placeholder ? [var.placeholder_image] : []
    content {
      name_pattern = "${admission_whitelist_patterns.value}*"
    }
  }
}
