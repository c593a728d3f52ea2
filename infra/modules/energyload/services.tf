# The two services, their gateways, the door to the internet and the way that new versions take.
locals {
  # Cloud Run's address of a service follows from its name, so that it can be named before it is there.
  send_api_url    = "https://edm-sight-send-apis-${data.google_project.this.number}.${var.region}.run.app"
  receive_api_url = "https://edm-sight-receive-apis-${data.google_project.this.number}.${var.region}.run.app"

  accounts        = { emails = module.identities.emails, unique_ids = module.identities.unique_ids }
  database        = { host = module.database.host, name = module.database.name }
  collector_image = var.telemetry ? "${module.images.mirror}/otelcol-google:${var.mirrored.collector}" : null
}

module "send_api" {
  source = "../service"
  count  = local.founded ? 1 : 0

  project_id               = var.project_id
  project_number           = data.google_project.this.number
  region                   = var.region
  name                     = "edm-sight-send-apis"
  job_name                 = "edm-sight-send-migrate"
  account                  = "send-api"
  gateway_account          = "send-gateway"
  invokers                 = ["send-gateway", "tasks-invoker", "pubsub-push", "scheduler", "deployer"]
  accounts                 = local.accounts
  gateway_host             = var.hosts.send
  trusted_hops             = var.trusted_hops
  database                 = local.database
  database_account         = "edm-send-api"
  pool_size                = var.pool_size
  anchor_bucket            = module.buckets.names["audit-anchors"]
  network                  = module.network.network
  subnetwork               = module.network.subnetwork
  min_instances            = var.min_instances
  max_instances            = var.max_instances
  cpu_only_during_requests = var.cpu_only_during_requests
  collector_image          = local.collector_image
  placeholder              = local.placeholder
  placeholder_image        = local.placeholder_image
  deletion_protection      = var.deletion_protection

  secrets = {
    "database"     = "edm-send-api-database"
    "audit-key"    = "edm-audit-key"
    "esight-read"  = "edm-esight-read"
    "esight-write" = "edm-esight-write"
  }
  job_secrets = {
    "database"  = "edm-migrations-database"
    "audit-key" = "edm-audit-key"
  }

  environment = {
    ESight__TokenUrl          = var.esight.token_url
    ESight__SitesUrl          = var.esight.sites_url
    ESight__MetersUrl         = var.esight.meters_url
    ESight__ConsumptionUrl    = var.esight.consumption_url
    Delivery__Queue           = module.wake_ups.queues["send-drain"]
    Delivery__ServiceUrl      = local.send_api_url
    Delivery__TasksAccount    = module.identities.emails["tasks-invoker"]
    Delivery__Audience        = local.send_api_url
    Import__SourceBucket      = module.buckets.names["source"]
    Import__SuccessBucket     = module.buckets.names["success"]
    Import__ErrorBucket       = module.buckets.names["error"]
    Outcomes__DeadLetterTopic = module.events.topics["esight-error-reports-dead"]
    Publishing__Topic         = module.events.topics["esight-deliveries"]
  }

  depends_on = [module.secrets, module.database, module.admission]
}

module "receive_api" {
  source = "../service"
  count  = local.founded ? 1 : 0

  project_id               = var.project_id
  project_number           = data.google_project.this.number
  region                   = var.region
  name                     = "edm-sight-receive-apis"
  job_name                 = "edm-sight-receive-migrate"
  account                  = "receive-api"
  gateway_account          = "receive-gateway"
  invokers                 = ["receive-gateway", "tasks-invoker", "scheduler", "deployer"]
  accounts                 = local.accounts
  gateway_host             = var.hosts.receive
  trusted_hops             = var.trusted_hops
  database                 = local.database
  database_account         = "edm-receive-api"
  pool_size                = var.pool_size
  anchor_bucket            = module.buckets.names["audit-anchors"]
  network                  = module.network.network
  subnetwork               = module.network.subnetwork
  min_instances            = var.min_instances
  max_instances            = var.max_instances
  cpu_only_during_requests = var.cpu_only_during_requests
  collector_image          = local.collector_image
  placeholder              = local.placeholder
  placeholder_image        = local.placeholder_image
  deletion_protection      = var.deletion_protection

  secrets = {
    "database"  = "edm-receive-api-database"
    "audit-key" = "edm-audit-key"
  }
  job_secrets = {
    "database"  = "edm-migrations-database"
    "audit-key" = "edm-audit-key"
  }

  environment = {
    Publishing__Topic         = module.events.topics["esight-error-reports"]
    Publishing__Queue         = module.wake_ups.queues["receive-publish"]
    Publishing__ServiceUrl    = local.receive_api_url
    Publishing__TasksAccount  = module.identities.emails["tasks-invoker"]
    Publishing__Audience      = local.receive_api_url
    Publishing__ArchiveBucket = module.buckets.names["response"]
  }

  depends_on = [module.secrets, module.database, module.admission]
}

module "send_gateway" {
  source              = "../gateway"
  project_id          = var.project_id
  region              = var.region
  name                = "edm-sight-send-gateway"
  endpoints_name      = "edm-send"
  contract            = "${path.module}/../../../gateway/openapi-send.yaml"
  public_host         = var.hosts.send
  backend_url         = local.send_api_url
  token_issuer        = module.identities.emails["edm-tokens"]
  account             = module.identities.emails["send-gateway"]
  deployer            = module.identities.emails["deployer"]
  network             = module.network.network
  subnetwork          = module.network.subnetwork
  min_instances       = var.min_instances
  max_instances       = var.max_instances
  running             = local.founded
  placeholder_image   = local.placeholder_image
  deletion_protection = var.deletion_protection
  depends_on          = [module.project_services, module.admission]
}

module "receive_gateway" {
  source              = "../gateway"
  project_id          = var.project_id
  region              = var.region
  name                = "edm-sight-receive-gateway"
  endpoints_name      = "edm-receive"
  contract            = "${path.module}/../../../gateway/openapi-receive.yaml"
  public_host         = var.hosts.receive
  backend_url         = local.receive_api_url
  token_issuer        = module.identities.emails["edm-tokens"]
  account             = module.identities.emails["receive-gateway"]
  deployer            = module.identities.emails["deployer"]
  network             = module.network.network
  subnetwork          = module.network.subnetwork
  min_instances       = var.min_instances
  max_instances       = var.max_instances
  running             = local.founded
  placeholder_image   = local.placeholder_image
  deletion_protection = var.deletion_protection
  depends_on          = [module.project_services, module.admission]
}

module "api_keys" {
  source     = "../api-keys"
  project_id = var.project_id
  clients = merge(
    # The pipeline's own, with which it looks through each gateway after a deployment.
    {
      "pipeline-send"    = module.send_gateway.endpoints_service
      "pipeline-receive" = module.receive_gateway.endpoints_service
    },
    { for client in var.clients.send : client => module.send_gateway.endpoints_service },
    { for client in var.clients.receive : client => module.receive_gateway.endpoints_service },
  )
}

module "edge" {
  source = "../edge"
  count  = local.founded ? 1 : 0

  region = var.region
  gateways = {
    send    = { host = var.hosts.send, run_service = module.send_gateway.run_service }
    receive = { host = var.hosts.receive, run_service = module.receive_gateway.run_service }
  }
  requests_per_minute = var.requests_per_minute
  logins_per_minute   = var.logins_per_minute
  waf_preview         = var.waf_preview
}

module "pipeline" {
  source = "../pipeline"
  count  = local.founded ? 1 : 0

  project_id        = var.project_id
  region            = var.region
  repository        = var.repository.name
  repository_type   = var.repository.type
  branch            = var.repository.branch
  approval_required = var.approval_required
  images            = module.images.services
  mirror            = module.images.mirror
  curl_version      = var.mirrored.curl
  attestor          = module.admission.attestor
  key_version       = module.admission.key_version
  emails            = module.identities.emails
  network           = module.network.network
  subnetwork        = module.network.subnetwork
  services = {
    send = {
      run_service         = module.send_api[0].name
      migrate_job         = module.send_api[0].job
      database_account    = "edm-send-api"
      gateway_run_service = module.send_gateway.run_service
      gateway_values      = module.send_gateway.values
      check_key           = "edm-pipeline-send"
    }
    receive = {
      run_service         = module.receive_api[0].name
      migrate_job         = module.receive_api[0].job
      database_account    = "edm-receive-api"
      gateway_run_service = module.receive_gateway.run_service
      gateway_values      = module.receive_gateway.values
      check_key           = "edm-pipeline-receive"
    }
  }
}
