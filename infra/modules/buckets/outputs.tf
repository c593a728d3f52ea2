output "names" {
  description = "Full name of each bucket by its short one."
  value       = { for name, bucket in google_storage_bucket.this : name => bucket.name }
}
