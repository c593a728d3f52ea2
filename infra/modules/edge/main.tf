# What the internet sees: one address, TLS, and rules before anything of ours is reached.
resource "google_compute_global_address" "this" {
  name = "energyload"
}

resource "google_compute_region_network_endpoint_group" "gateway" {
  for_each = var.gateways

  name                  = "${each.key}-gateway"
  region                = var.region
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = each.value.run_service
  }
}

resource "google_compute_backend_service" "gateway" {
  for_each = var.gateways

  name                  = "${each.key}-gateway"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = google_compute_security_policy.this.id

  backend {
    group = google_compute_region_network_endpoint_group.gateway[each.key].id
  }

  # To see what the rules refuse. Entries with an API key in their URL are never stored: module alerts.
  log_config {
    enable      = true
    sample_rate = 1
  }
}

resource "google_compute_url_map" "this" {
  name = "energyload"

  # A host that is not ours is refused by the rules before it gets here.
  default_service = google_compute_backend_service.gateway["send"].id

  dynamic "host_rule" {
    for_each = var.gateways
    content {
      hosts        = [host_rule.value.host]
      path_matcher = host_rule.key
    }
  }

  dynamic "path_matcher" {
    for_each = var.gateways
    content {
      name            = path_matcher.key
      default_service = google_compute_backend_service.gateway[path_matcher.key].id
    }
  }
}

# The name changes with the hosts: a certificate in use can only be replaced, not changed.
resource "google_compute_managed_ssl_certificate" "this" {
  name = "energyload-${substr(sha256(join(",", [for gateway in var.gateways : gateway.host])), 0, 8)}"

  managed {
    domains = [for gateway in var.gateways : gateway.host]
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_ssl_policy" "this" {
  name            = "energyload"
  profile         = "RESTRICTED"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_target_https_proxy" "this" {
  name             = "energyload"
  url_map          = google_compute_url_map.this.id
  ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
  ssl_policy       = google_compute_ssl_policy.this.id
}

# Port 443 alone: a client that says http would have sent its key in the clear before any redirect.
resource "google_compute_global_forwarding_rule" "https" {
  name                  = "energyload"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.this.id
  port_range            = "443"
  target                = google_compute_target_https_proxy.this.id
}
