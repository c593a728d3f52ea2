# The environment that changes go to first: small, and it may sleep.
locals {
  region = "europe-west1"
}

module "energyload" {
  source = "../modules/energyload"

  project_id = var.project_id
  region     = local.region
  stage      = var.stage
  hosts      = { send = "send.${var.domain}", receive = "receive.${var.domain}" }
  clients    = var.clients
  esight     = var.esight
  repository = { name = var.repository, type = "GITHUB", branch = "main" }
  mirrored   = { collector = "0.128.0", curl = "8.16.0" }

  database = {
    tier             = "db-custom-1-3840"
    disk_gib         = 20
    highly_available = false
    retained_backups = 7
    password_version = var.password_version
    reader_groups    = var.database_reader_groups
  }

  min_instances            = 0
  max_instances            = 3
  cpu_only_during_requests = true
  lock_anchors             = false
  waf_preview              = true
  approval_required        = false
  deletion_protection      = false

  alert_emails      = var.alert_emails
  dashboard_readers = var.dashboard_readers
}
