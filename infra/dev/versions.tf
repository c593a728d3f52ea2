terraform {
  required_version = ">= 1.11"

  # The bucket is named at init: terraform init -backend-config=bucket=PROJECT-terraform
  backend "gcs" {
    prefix = "energyload/dev"
  }

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.45"
    }
    google-beta = {
      source  = "hashicorp/google-beta"
      version = "~> 7.45"
    }
  }
}

provider "google" {
  project = var.project_id
  region  = local.region
}

provider "google-beta" {
  project = var.project_id
  region  = local.region
}
