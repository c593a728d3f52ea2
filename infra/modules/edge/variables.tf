variable "region" { type = string }

variable "gateways" {
  description = "Public host and Cloud Run service of each gateway."
  type = map(object({
    host        = string
    run_service = string
  }))
}

variable "requests_per_minute" {
  description = "Requests that one address may make in a minute."
  type        = number
}

variable "logins_per_minute" {
  description = "Logins that one address may start in a minute; five times as many ban it for ten minutes."
  type        = number
}

variable "waf_preview" {
  description = "Only logs what the preconfigured rules would refuse; for the first weeks with real traffic."
  type        = bool
}
