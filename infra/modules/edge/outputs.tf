output "address" {
  description = "What the hosts' DNS records must point to."
  value       = google_compute_global_address.this.address
}
