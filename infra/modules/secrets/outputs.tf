output "ids" {
  description = "Resource name of each secret by its name, readable once its readers may read it."
  value       = { for name, secret in google_secret_manager_secret.this : name => secret.id }
  depends_on  = [google_secret_manager_secret_iam_member.reader]
}
