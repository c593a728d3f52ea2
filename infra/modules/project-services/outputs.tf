output "agents" {
  description = "E-mail of Google's own account of each service, by the service's short name."
  value = merge(
    { for service, identity in google_project_service_identity.agent : trimsuffix(service, ".googleapis.com") => identity.email },
    {
      storage  = data.google_storage_project_service_account.agent.email_address
      bigquery = data.google_bigquery_default_service_account.agent.email
    },
  )
}
