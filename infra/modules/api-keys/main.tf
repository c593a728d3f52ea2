# A key per client, good for its gateway alone. The provider's own resource would write the key's text into the state, so gcloud makes
# the keys and Terraform only knows that they are there. docs/deploy.md says how a client gets its key, and how it loses it.
resource "terraform_data" "key" {
  for_each = var.clients

  triggers_replace = [each.value]
  input            = { id = "edm-${each.key}", project = var.project_id }

  # A changed gateway changes the key's restriction in place. What gcloud prints would show the key, so it prints nothing.
  provisioner "local-exec" {
    interpreter = ["bash", "-euo", "pipefail", "-c"]
    command     = <<-SH
      keys=(gcloud services api-keys --project="$PROJECT" --no-user-output-enabled)
      if "$${keys[@]}" describe "$KEY" --location=global; then
        "$${keys[@]}" update "$KEY" --location=global --api-target="service=$SERVICE"
      else
        "$${keys[@]}" create --key-id="$KEY" --display-name="$KEY" --api-target="service=$SERVICE"
      fi
    SH
    environment = {
      KEY     = self.input.id
      PROJECT = self.input.project
      SERVICE = each.value
    }
  }
}
