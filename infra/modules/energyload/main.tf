# The whole of it, put together. dev and prod differ in what they pass in, and in nothing else.
data "google_project" "this" {
  project_id = var.project_id
}

locals {
  placeholder_image = "us-docker.pkg.dev/cloudrun/container/hello"

  # foundations: no service yet, so that secrets can be filled first. placeholders: services without an image of ours. running: all of it.
  founded     = var.stage != "foundations"
  placeholder = var.stage == "placeholders"

  max_connections = 2 * var.max_instances * var.pool_size + 60
}

module "project_services" {
  source = "../project-services"
}

module "identities" {
  source     = "../identities"
  project_id = var.project_id
  agents     = module.project_services.agents
  depends_on = [module.project_services]
}

module "keys" {
  source = "../keys"
  region = var.region
  agents = module.project_services.agents
  signer = module.identities.emails["deployer"]
  config_readers = {
    "send-api"    = module.identities.emails["send-api"]
    "receive-api" = module.identities.emails["receive-api"]
  }
}

module "network" {
  source     = "../network"
  region     = var.region
  depends_on = [module.project_services]
}

module "images" {
  source     = "../images"
  region     = var.region
  readers    = { for name in ["builder", "deployer"] : name => module.identities.emails[name] }
  writers    = { for name in ["builder", "deployer"] : name => module.identities.emails[name] }
  depends_on = [module.project_services]
}

module "secrets" {
  source  = "../secrets"
  region  = var.region
  kms_key = module.keys.encryption["secrets"]
  emails  = module.identities.emails
  readers = {
    "edm-send-api-database"    = ["send-api"]
    "edm-receive-api-database" = ["receive-api"]
    "edm-migrations-database"  = ["migrations"]
    "edm-retention-database"   = ["migrations"]
    "edm-esight-read"          = ["send-api"]
    "edm-esight-write"         = ["send-api"]
    "edm-audit-key"            = ["send-api", "receive-api", "migrations"]
    # Read by the person who is that user, and by no service.
    "edm-first-root" = []
  }
  writers = { "edm-first-root" = ["migrations"] }
}

module "buckets" {
  source       = "../buckets"
  project_id   = var.project_id
  region       = var.region
  archive_key  = module.keys.encryption["archive"]
  audit_key    = module.keys.encryption["audit"]
  keep_days    = var.keep_days
  anchor_days  = var.keep_days
  lock_anchors = var.lock_anchors
  emails       = module.identities.emails
}

module "database" {
  source           = "../database"
  region           = var.region
  network          = module.network.network
  kms_key          = module.keys.encryption["database"]
  tier             = var.database.tier
  disk_gib         = var.database.disk_gib
  highly_available = var.database.highly_available
  retained_backups = var.database.retained_backups
  max_connections  = local.max_connections
  password_version = var.database.password_version
  reader_groups    = var.database.reader_groups
  passwords = local.founded ? {
    "edm-migrations"  = module.secrets.ids["edm-migrations-database"]
    "edm-send-api"    = module.secrets.ids["edm-send-api-database"]
    "edm-receive-api" = module.secrets.ids["edm-receive-api-database"]
    "edm-retention"   = module.secrets.ids["edm-retention-database"]
  } : {}
}

module "books" {
  source     = "../books"
  project_id = var.project_id
  region     = var.region
  keep_days  = var.keep_days
  readers    = var.dashboard_readers
  depends_on = [module.project_services]
}

module "events" {
  source   = "../events"
  region   = var.region
  agents   = module.project_services.agents
  emails   = module.identities.emails
  send_api = local.send_api_url
  dataset  = module.books.dataset
  tables   = module.books.tables
}

module "wake_ups" {
  source     = "../wake-ups"
  region     = var.region
  emails     = module.identities.emails
  sweeps     = local.founded ? { "send-api" = local.send_api_url, "receive-api" = local.receive_api_url } : {}
  depends_on = [module.project_services]
}

module "admission" {
  source              = "../admission"
  attestation_key     = module.keys.attestation
  attestation_version = var.attestation_version
  attests             = module.identities.emails["deployer"]
  mirror              = module.images.mirror
  admit_placeholder   = local.placeholder
  placeholder_image   = local.placeholder_image
  depends_on          = [module.project_services]
}

module "alerts" {
  source          = "../alerts"
  emails          = var.alert_emails
  max_connections = local.max_connections
  depends_on      = [module.project_services]
}
