output "emails" {
  description = "E-mail of each account by name."
  value       = { for name, account in google_service_account.this : name => account.email }
}

output "unique_ids" {
  description = "Number of each account by name: unlike its e-mail it is never used again."
  value       = { for name, account in google_service_account.this : name => account.unique_id }
}
