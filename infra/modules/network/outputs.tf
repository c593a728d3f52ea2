output "network" {
  description = "The network, reachable by the database once its peering stands."
  value       = google_compute_network.this.id
  depends_on  = [google_service_networking_connection.google_managed]
}

output "subnetwork" { value = google_compute_subnetwork.run.id }
