# One private Cloud Run service, and the job that brings its tables to its level.
locals {
  # Known before the service is there, so that its own configuration can name it.
  url = "https://${var.name}-${var.project_number}.${var.region}.run.app"

  callers = {
    Gateway   = var.gateway_account
    Tasks     = "tasks-invoker"
    PubSub    = "pubsub-push"
    Scheduler = "scheduler"
    Deployer  = "deployer"
  }

  # What both services are told; the sections are those of the libraries' option classes.
  common = merge(
    {
      MySql__Host              = var.database.host
      MySql__Database          = var.database.name
      MySql__TlsMode           = "Required"
      MySql__MaximumPoolSize   = tostring(var.pool_size)
      GoogleCloud__ProjectId   = var.project_id
      GoogleCloud__Location    = var.region
      GoogleCloud__PubSubUrl   = "https://${var.region}-pubsub.googleapis.com"
      Auth__Issuer             = var.accounts.emails["edm-tokens"]
      Auth__Audience           = "https://${var.gateway_host}"
      Auth__Signer             = "IamCredentials"
      Auth__TrustedHops        = tostring(var.trusted_hops)
      Auth__Callers__Audience  = local.url
      Audit__AnchorBucket      = var.anchor_bucket
      OTEL_SERVICE_NAME        = var.name
      OTEL_RESOURCE_ATTRIBUTES = "gcp.project_id=${var.project_id}"
    },
    { for caller, account in local.callers : "Auth__Callers__${caller}__Email" => var.accounts.emails[account] },
    { for caller, account in local.callers : "Auth__Callers__${caller}__UniqueId" => var.accounts.unique_ids[account] },
  )

  telemetry = var.collector_image == null ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:4318", OTEL_EXPORTER_OTLP_PROTOCOL = "http/protobuf" }
  sources   = { for name, secret in var.secrets : "Secrets__Sources__${name}" => "secretmanager:${secret}" }
  job       = { for name, secret in var.job_secrets : "Secrets__Sources__${name}" => "secretmanager:${secret}" }
}

resource "google_cloud_run_v2_service" "this" {
  name                 = var.name
  location             = var.region
  ingress              = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  invoker_iam_disabled = false
  custom_audiences     = [local.url]
  deletion_protection  = var.deletion_protection

  binary_authorization {
    use_default = true
  }

  template {
    service_account                  = var.accounts.emails[var.account]
    timeout                          = "60s"
    max_instance_request_concurrency = 80
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    vpc_access {
      # e-Sight and Google's own APIs are reached without the detour.
      egress = "PRIVATE_RANGES_ONLY"
      network_interfaces {
        network    = var.network
        subnetwork = var.subnetwork
      }
    }

    containers {
      name  = "service"
      image = var.placeholder_image

      ports {
        container_port = 8080
      }

      resources {
        limits = {
          cpu    = "1"
          memory = "1Gi"
        }
        # docs/adr/0020-cpu-and-instances.md
        cpu_idle          = var.cpu_only_during_requests
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = merge(local.common, local.telemetry, local.sources, var.environment)
        content {
          name  = env.key
          value = env.value
        }
      }

      # Ready means: the database answers and its tables have the level that this code needs.
      startup_probe {
        period_seconds    = 2
        timeout_seconds   = 2
        failure_threshold = 30
        http_get {
          path = var.placeholder ? "/" : "/health/ready"
        }
      }

      liveness_probe {
        period_seconds    = 10
        timeout_seconds   = 5
        failure_threshold = 3
        http_get {
          path = var.placeholder ? "/" : "/health/live"
        }
      }
    }

    dynamic "containers" {
      for_each = var.collector_image == null ? [] : [var.collector_image]
      content {
        name  = "collector"
        image = containers.value
        args  = ["--config=env:COLLECTOR_CONFIG"]

        env {
          name  = "COLLECTOR_CONFIG"
          value = file("${path.module}/collector.yaml")
        }

        resources {
          limits = {
            cpu    = "1"
            memory = "512Mi"
          }
          cpu_idle = var.cpu_only_during_requests
        }
      }
    }
  }

  # The pipeline decides which image runs and which revision gets the requests.
  lifecycle {
    ignore_changes = [template[0].containers[0].image, template[0].revision, traffic, client, client_version]
  }
}

# Who may reach the container at all; which route each may call, the service decides by the same accounts.
resource "google_cloud_run_v2_service_iam_member" "invoker" {
  for_each = toset(var.invokers)

  name     = google_cloud_run_v2_service.this.name
  location = var.region
  role     = "roles/run.invoker"
  member   = "serviceAccount:${var.accounts.emails[each.value]}"
}

# Migrations never run in a starting service. The same image, the account that may change tables, one run per deployment.
resource "google_cloud_run_v2_job" "migrate" {
  name                = var.job_name
  location            = var.region
  deletion_protection = var.deletion_protection

  binary_authorization {
    use_default = true
  }

  template {
    template {
      service_account = var.accounts.emails["migrations"]
      timeout         = "1800s"
      # Each step is guarded and can be repeated.
      max_retries = 1

      vpc_access {
        egress = "PRIVATE_RANGES_ONLY"
        network_interfaces {
          network    = var.network
          subnetwork = var.subnetwork
        }
      }

      containers {
        image = var.placeholder_image
        args  = ["migrate", "--grant", var.database_account]

        resources {
          limits = {
            cpu    = "1"
            memory = "512Mi"
          }
        }

        dynamic "env" {
          for_each = merge(local.common, local.job, var.environment)
          content {
            name  = env.key
            value = env.value
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image, client, client_version]
  }
}
