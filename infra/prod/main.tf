# The environment that the company relies on.
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
    tier             = "db-custom-4-16384"
    disk_gib         = 100
    highly_available = true
    retained_backups = 30
    password_version = var.password_version
    reader_groups    = var.database_reader_groups
  }

  min_instances            = 1
  max_instances            = 10
  cpu_only_during_requests = false
  lock_anchors             = true
  waf_preview              = false
  approval_required        = true
  deletion_protection      = true

  alert_emails      = var.alert_emails
  dashboard_readers = var.dashboard_readers
}
