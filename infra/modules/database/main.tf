resource "google_sql_database_instance" "this" {
  name                = "energyload"
  region              = var.region
  database_version    = "MYSQL_8_4"
  encryption_key_name = var.kms_key
  deletion_protection = true

  settings {
    tier                        = var.tier
    edition                     = "ENTERPRISE"
    availability_type           = var.highly_available ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_size                   = var.disk_gib
    disk_autoresize             = true
    deletion_protection_enabled = true

    # What the pair relies on, though most of it is the default: a flag changed by hand shows up in the next plan.
    dynamic "database_flags" {
      for_each = {
        # 202 means "on disk": every commit is flushed.
        innodb_flush_log_at_trx_commit = "1"
        sync_binlog                    = "1"
        # A statement holds one raw report of up to 8 MiB, escaped.
        max_allowed_packet = "67108864"
        # Both services' pools at their most instances, the jobs, and people.
        max_connections             = tostring(var.max_connections)
        character_set_server        = "utf8mb4"
        default_time_zone           = "+00:00"
        local_infile                = "off"
        slow_query_log              = "on"
        long_query_time             = "1"
        cloudsql_iam_authentication = "on"
      }

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "01:00"
      location                       = var.region
      binary_log_enabled             = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = var.retained_backups
        retention_unit   = "COUNT"
      }
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    insights_config {
      query_insights_enabled  = true
      query_string_length     = 1024
      record_application_tags = false
      record_client_address   = false
    }
  }

  lifecycle {
    prevent_destroy = true
    # It grows by itself.
    ignore_changes = [settings[0].disk_size]
  }
}

resource "google_sql_database" "this" {
  name      = "edm-db-workflows"
  instance  = google_sql_database_instance.this.name
  charset   = "utf8mb4"
  collation = "utf8mb4_bin"
}

# The newest version of each account's secret, read for the moment of the apply; it is in neither plan nor state.
ephemeral "google_secret_manager_secret_version" "password" {
  for_each = var.passwords

  secret  = each.value
  version = "latest"
}

# Cloud SQL gives a new account every right. The command `migrate --grant` takes that away from all but the first, and gives each
# service's account the rights on its own tables: services/*/src/Hosting, docs/deploy.md.
resource "google_sql_user" "this" {
  for_each = var.passwords

  name                = each.key
  instance            = google_sql_database_instance.this.name
  host                = "%"
  password_wo         = jsondecode(ephemeral.google_secret_manager_secret_version.password[each.key].secret_data)["password"]
  password_wo_version = var.password_version
}

# People read with their own Google identity, never with a shared password.
resource "google_sql_user" "reader" {
  for_each = toset(var.reader_groups)

  name     = each.value
  instance = google_sql_database_instance.this.name
  type     = "CLOUD_IAM_GROUP"
}
