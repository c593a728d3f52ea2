# First match wins, lowest priority number first.
resource "google_compute_security_policy" "this" {
  name        = "energyload"
  description = "Rate limits and Google's preconfigured WAF rules before both gateways"

  advanced_options_config {
    json_parsing = "STANDARD"
    log_level    = "NORMAL"
  }

  adaptive_protection_config {
    layer_7_ddos_defense_config {
      enable = true
    }
  }

  rule {
    action      = "deny(404)"
    priority    = 50
    description = "Hosts that are not ours"
    match {
      expr {
        expression = join(" && ", [for gateway in var.gateways : "request.headers['host'] != '${gateway.host}'"])
      }
    }
  }

  # Only what the contracts name: internal routes and probes are nobody's business out here.
  rule {
    action      = "deny(404)"
    priority    = 100
    description = "Internal routes"
    match {
      expr {
        expression = "request.path.startsWith('/internal') || request.path.startsWith('/health/')"
      }
    }
  }

  # Guessing passwords: the services throttle by name and address, this keeps the flood off them.
  rule {
    action      = "rate_based_ban"
    priority    = 200
    description = "Logins per address"
    match {
      expr {
        expression = "request.path == '/login'"
      }
    }
    rate_limit_options {
      conform_action   = "allow"
      exceed_action    = "deny(429)"
      enforce_on_key   = "IP"
      ban_duration_sec = 600
      rate_limit_threshold {
        count        = var.logins_per_minute
        interval_sec = 60
      }
      ban_threshold {
        count        = var.logins_per_minute * 5
        interval_sec = 60
      }
    }
  }

  # JSON of energy readings has neither SQL nor scripts in it; error texts of e-Sight may look like anything, hence the low sensitivity.
  dynamic "rule" {
    for_each = local.waf
    content {
      action      = "deny(403)"
      priority    = rule.value.priority
      description = rule.value.description
      preview     = var.waf_preview
      match {
        expr {
          expression = "evaluatePreconfiguredWaf('${rule.key}', {'sensitivity': 1})"
        }
      }
    }
  }

  rule {
    action      = "throttle"
    priority    = 2000
    description = "Requests per address"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"
      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
    }
  }

  rule {
    action      = "allow"
    priority    = 2147483647
    description = "Default"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

locals {
  waf = {
    "sqli-v33-stable"             = { priority = 1000, description = "SQL injection" }
    "xss-v33-stable"              = { priority = 1010, description = "Cross-site scripting" }
    "lfi-v33-stable"              = { priority = 1020, description = "Local file inclusion" }
    "rfi-v33-stable"              = { priority = 1030, description = "Remote file inclusion" }
    "rce-v33-stable"              = { priority = 1040, description = "Remote code execution" }
    "scannerdetection-v33-stable" = { priority = 1050, description = "Scanners" }
    "protocolattack-v33-stable"   = { priority = 1060, description = "Protocol attacks" }
    "cve-canary"                  = { priority = 1070, description = "Recent vulnerabilities" }
  }
}
