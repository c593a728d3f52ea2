# A network of our own: Cloud Run reaches the database through it, and the gateways reach the private services.
resource "google_compute_network" "this" {
  name                    = "energyload"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "run" {
  name          = "run"
  region        = var.region
  network       = google_compute_network.this.id
  ip_cidr_range = "10.10.0.0/22"

  # Without it a call from here to a run.app address would leave the network and be refused by "internal" ingress.
  private_ip_google_access = true
}

resource "google_compute_global_address" "google_managed" {
  name          = "google-managed"
  network       = google_compute_network.this.id
  purpose       = "VPC_PEERING"
  address_type  = "INTERNAL"
  prefix_length = 20
}

resource "google_service_networking_connection" "google_managed" {
  network                 = google_compute_network.this.id
  service                 = "servicenetworking.googleapis.com"
  reserved_peering_ranges = [google_compute_global_address.google_managed.name]
}
