# One ESPv2 gateway: the Endpoints service that its contract configures, and the public door in front of one private service.
locals {
  # The contract's placeholders; the pipeline gets the same ones from here.
  values = {
    GATEWAY_HOST     = "${var.endpoints_name}.endpoints.${var.project_id}.cloud.goog"
    BACKEND_URL      = var.backend_url
    BACKEND_AUDIENCE = var.backend_url
    TOKEN_ISSUER     = var.token_issuer
    TOKEN_JWKS_URI   = "https://www.googleapis.com/service_accounts/v1/jwk/${var.token_issuer}"
    TOKEN_AUDIENCE   = "https://${var.public_host}"
  }
}

# The first configuration; each deployment rolls out its own (cloudbuild-*.yaml).
resource "google_endpoints_service" "this" {
  service_name   = local.values.GATEWAY_HOST
  openapi_config = templatefile(var.contract, local.values)

  lifecycle {
    ignore_changes = [openapi_config]
  }
}

# A key works only in a project in which the API that it is for is switched on.
resource "google_project_service" "this" {
  service            = google_endpoints_service.this.service_name
  disable_on_destroy = false
}

# The gateway reports and checks keys under its own name; the pipeline changes its configuration.
resource "google_endpoints_service_iam_member" "controller" {
  service_name = google_endpoints_service.this.service_name
  role         = "roles/servicemanagement.serviceController"
  member       = "serviceAccount:${var.account}"
}

resource "google_endpoints_service_iam_member" "editor" {
  service_name = google_endpoints_service.this.service_name
  role         = "roles/servicemanagement.configEditor"
  member       = "serviceAccount:${var.deployer}"
}

resource "google_cloud_run_v2_service" "this" {
  count = var.running ? 1 : 0

  name     = var.name
  location = var.region
  # Through the load balancer, or not at all: its rules cannot be gone around.
  ingress             = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  deletion_protection = var.deletion_protection

  binary_authorization {
    use_default = true
  }

  template {
    service_account                  = var.account
    timeout                          = "60s"
    max_instance_request_concurrency = 250
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"

    scaling {
      min_instance_count = var.min_instances
      max_instance_count = var.max_instances
    }

    # Everything through the network: only then does the call to the service count as internal.
    vpc_access {
      egress = "ALL_TRAFFIC"
      network_interfaces {
        network    = var.network
        subnetwork = var.subnetwork
      }
    }

    containers {
      image = var.placeholder_image

      ports {
        container_port = 8080
      }

      resources {
        limits = {
          cpu    = "1"
          memory = "512Mi"
        }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      # A key that cannot be checked is refused; a POST whose answer was lost is not sent again by the gateway: it may have been done.
      env {
        name  = "ESPv2_ARGS"
        value = "^++^--service_control_network_fail_policy=close++--backend_retry_ons=connect-failure,refused-stream"
      }
    }
  }

  lifecycle {
    ignore_changes = [template[0].containers[0].image, template[0].revision, traffic, client, client_version]
  }
}

# Open to everybody, as ESPv2 needs it: Cloud Run's own check would take the user's token for one of Google's.
resource "google_cloud_run_v2_service_iam_member" "everybody" {
  count = var.running ? 1 : 0

  name     = google_cloud_run_v2_service.this[0].name
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}
