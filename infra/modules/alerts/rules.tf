locals {
  # Names of our own instruments in Prometheus' form: energyload.outbox.age in seconds is energyload_outbox_age_seconds, a counter
  # ends in _total. tests/Deployment holds that each is an instrument of the services.
  alerts = {
    "error reports are not told" = {
      severity = "CRITICAL"
      lasts    = "120s"
      query    = "max(energyload_outbox_age_seconds{outbox=\"Publishing\"}) > 120"
      todo     = "receive-api keeps reports and cannot publish them. Look at its warnings 61xx: Pub/Sub, its permission, or the database. Nothing is lost; it goes on by itself."
    }
    "outcomes are not told" = {
      severity = "WARNING"
      lasts    = "120s"
      query    = "max(energyload_outbox_age_seconds{outbox=\"\"}) > 300"
      todo     = "send-api keeps events about messages and cannot publish them: dashboards are behind. Look at its warnings: Pub/Sub, its permission, or the database. Nothing is lost; it goes on by itself."
    }
    "error events cannot be applied" = {
      severity = "WARNING"
      lasts    = "0s"
      query    = "sum(increase(energyload_error_events_dead_total[15m])) > 0"
      todo     = "send-api gave an error event to the dead letters: the attribute reason says why. Pull the subscription esight-error-reports-dead."
    }
    "raw reports are not archived" = {
      severity = "WARNING"
      lasts    = "600s"
      query    = "max(energyload_outbox_age_seconds{outbox=\"Archiving\"}) > 3600"
      todo     = "receive-api cannot write the bucket of raw reports. Look at its warnings, then at the bucket's permissions and its key."
    }
    "messages wait too long" = {
      severity = "CRITICAL"
      lasts    = "300s"
      query    = "max(energyload_messages_pending_age_seconds) > 900"
      todo     = "A message has waited for a quarter of an hour. Is delivery held (next alert), or is there a backlog? docs/operations.md, A backlog."
    }
    "delivery is held" = {
      severity = "CRITICAL"
      lasts    = "600s"
      query    = "max(energyload_delivery_gate_state_ratio) == 1"
      todo     = "Breaker, block or storm guard: log event 3011 has the reason. Messages are accepted all the while."
    }
    "delivery is paused" = {
      severity = "WARNING"
      lasts    = "3600s"
      query    = "max(energyload_delivery_gate_state_ratio) == 2"
      todo     = "Somebody paused it more than an hour ago; the audit log says who. POST /api/v1/service/send/resume."
    }
    "messages were given up" = {
      severity = "CRITICAL"
      lasts    = "60s"
      query    = "max(energyload_messages_dead) > 0"
      todo     = "They are kept. Find the cause in the incidents, then POST /api/v1/service/send/resend with the filter state dead."
    }
    "messages are parked" = {
      severity = "WARNING"
      lasts    = "86400s"
      query    = "max(energyload_messages_parked) > 0"
      todo     = "For a day e-Sight has not known their meter or site. Have it entered there; delivery goes on by itself."
    }
    "senders' messages are refused" = {
      severity = "WARNING"
      lasts    = "900s"
      query    = "sum(rate(energyload_messages_refused_total[15m])) / sum(rate(energyload_messages_accepted_total[15m])) > 0.05"
      todo     = "More than one fault in twenty messages, usually a sender's release. GET /reasons says who must act on a code."
    }
    "searches are behind" = {
      severity = "WARNING"
      lasts    = "300s"
      query    = "max(energyload_search_lag_seconds) > 60"
      todo     = "Errors 4011 say why. The ledger and delivery do not depend on it."
    }
    "settled messages are not shown as settled" = {
      severity = "WARNING"
      lasts    = "300s"
      query    = "max(energyload_messages_settled_lag_seconds) > 300"
      todo     = "Messages whose window has ended stand in searches as if they still waited. Errors 4011 say why the search rows lag; the ledger and a message's own status are right all the while."
    }
    "error events wait for their message" = {
      severity = "WARNING"
      lasts    = "300s"
      query    = "max(energyload_error_events_quarantine_age_seconds) > 3600"
      todo     = "e-Sight reports on a message that we do not know: the original sent it, or a restore lost it. docs/operations.md, Restore from a backup."
    }
    "e-Sight refuses us" = {
      severity = "CRITICAL"
      lasts    = "60s"
      query    = "sum(rate(energyload_delivery_attempts_total{outcome=\"Blocked\"}[5m])) > 0"
      todo     = "e-Sight answers 401, 403 or something that is not in its contract: delivery is held and probes with one message. Check the secret edm-esight-write, then ask e-Sight."
    }
    "e-Sight is down" = {
      severity = "WARNING"
      lasts    = "600s"
      query    = "sum(rate(energyload_delivery_attempts_total{outcome!=\"Delivered\"}[10m])) > 0 unless sum(rate(energyload_delivery_attempts_total{outcome=\"Delivered\"}[10m])) > 0"
      todo     = "No message got through for ten minutes, though some were tried. Messages wait and are sent when e-Sight is back; they are given up after Delivery:GiveUpHours."
    }
    "e-Sight rejects most messages" = {
      severity = "CRITICAL"
      lasts    = "600s"
      query    = "sum(rate(energyload_delivery_attempts_total{outcome=\"Rejected\"}[15m])) / sum(rate(energyload_delivery_attempts_total[15m])) > 0.5"
      todo     = "More than half of the answers judge the content. Pause delivery (POST /api/v1/service/send/pause), look at the incidents, and ask the sender or e-Sight what changed."
    }
    "the audit log misses rows" = {
      severity = "CRITICAL"
      lasts    = "0s"
      query    = "sum(increase(energyload_audit_unwritten_total[5m])) > 0"
      todo     = "An audit row could not be written: log event 4001 says which. The act itself was refused, or was a refusal. See to the database first."
    }
    "the audit log is not anchored" = {
      severity = "CRITICAL"
      lasts    = "0s"
      query    = "sum(increase(energyload_audit_anchor_failures_total[10m])) > 2"
      todo     = "Heads of the audit log could not be put into the bucket of anchors: what was written since could be cut off unseen. Check the bucket's permissions and its key."
    }
    "nobody anchors the audit log" = {
      severity = "CRITICAL"
      lasts    = "600s"
      query    = "absent(energyload_audit_chain_height)"
      todo     = "No service has told the height of the chain for ten minutes: is telemetry there at all, does the sweep run?"
    }
    "the audit log became shorter" = {
      severity = "CRITICAL"
      lasts    = "0s"
      query    = "max(max_over_time(energyload_audit_chain_height[1h])) - max(energyload_audit_chain_height) > 0"
      todo     = "Rows are gone, or the database was restored. Run audit verify before anything else, and keep its output."
    }
    "refusals are counted, not written" = {
      severity = "WARNING"
      lasts    = "300s"
      query    = "sum(rate(energyload_audit_counted_total[5m])) > 0"
      todo     = "A flood of refused requests. The audit log has their addresses; shut them out at the edge."
    }
    "somebody guesses passwords" = {
      severity = "WARNING"
      lasts    = "300s"
      query    = "sum(rate(energyload_auth_logins_total{outcome=~\"refused|throttled\"}[5m])) * 60 > 60"
      todo     = "More than 60 failed logins a minute. GET /api/v1/management/audit?type=LoginFailed says from where; the edge's rules can shut the address out."
    }
    "a service answers 5xx" = {
      severity = "CRITICAL"
      lasts    = "300s"
      query    = "sum by (service_name) (rate(run_googleapis_com:request_count{monitored_resource=\"cloud_run_revision\",response_code_class=\"5xx\"}[5m])) / sum by (service_name) (rate(run_googleapis_com:request_count{monitored_resource=\"cloud_run_revision\"}[5m])) > 0.02"
      todo     = "More than 2 % of the answers. 503 means the database or the queue of waiting commits; 500 is a fault with its trace in the log. Roll back if a deployment was the last thing that happened: docs/deploy.md."
    }
    "a sweep fails" = {
      severity = "WARNING"
      lasts    = "300s"
      query    = "sum by (job_id) (rate(logging_googleapis_com:log_entry_count{monitored_resource=\"cloud_scheduler_job\",severity=\"ERROR\"}[5m])) * 60 > 0.5"
      todo     = "Cloud Scheduler's call every minute is not answered with 2xx. Wake-ups still work; what was lost is not found again until the sweep runs."
    }
    "events are dead letters" = {
      severity = "WARNING"
      lasts    = "60s"
      query    = "sum by (subscription_id) (pubsub_googleapis_com:subscription_num_undelivered_messages{monitored_resource=\"pubsub_subscription\",subscription_id=~\".*-dead\"}) > 0"
      todo     = "An event could not be taken by send-api or by BigQuery. Pull the dead-letter subscription to see it and why; it is kept for 31 days."
    }
    "events wait" = {
      severity = "WARNING"
      lasts    = "600s"
      query    = "max by (subscription_id) (pubsub_googleapis_com:subscription_oldest_unacked_message_age{monitored_resource=\"pubsub_subscription\",subscription_id!~\".*-dead\"}) > 900"
      todo     = "A subscriber has not taken an event for a quarter of an hour. For BigQuery: is the subscription in an error state (table or permission gone)? Then events wait and are not dead letters."
    }
    "the database's disk fills" = {
      severity = "WARNING"
      lasts    = "600s"
      query    = "max(cloudsql_googleapis_com:database_disk_utilization{monitored_resource=\"cloudsql_database\"}) > 0.85"
      todo     = "The disk grows by itself; still: is retention running? docs/scaling.md has the figures."
    }
    "the database is at its limit" = {
      severity = "WARNING"
      lasts    = "900s"
      query    = "max(cloudsql_googleapis_com:database_cpu_utilization{monitored_resource=\"cloudsql_database\"}) > 0.8"
      todo     = "More than 80 % CPU for a quarter of an hour: docs/scaling.md says what comes next."
    }
    "the database's connections run out" = {
      severity = "CRITICAL"
      lasts    = "300s"
      query    = "max(cloudsql_googleapis_com:database_network_connections{monitored_resource=\"cloudsql_database\"}) > ${floor(var.max_connections * 0.85)}"
      todo     = "Instances times pool size come near max_connections. Are there more instances than usual, and why? docs/scaling.md."
    }
    "clients put keys into URLs" = {
      severity = "WARNING"
      lasts    = "0s"
      query    = "sum(increase(logging_googleapis_com:user_api_keys_in_urls{}[1h])) > 100"
      todo     = "Those requests are not in the logs. Find the client by its API key in the Endpoints dashboard and have it send x-api-key instead."
    }
  }

  log_alerts = {
    "an audit alert" = {
      filter = "resource.type=\"cloud_run_revision\" AND severity>=ERROR AND jsonPayload.message=~\"^ALERT\""
      todo   = "The message says what could not be written, counted or anchored. Treat it as an attack until it is known to be a fault."
    }
    "an image went around the gates" = {
      filter = "protoPayload.serviceName=\"run.googleapis.com\" AND protoPayload.response.metadata.annotations.\"run.googleapis.com/binary-authorization-breakglass\":*"
      todo   = "Somebody deployed with --breakglass. The entry names the account and the reason; deploy through the pipeline as soon as the emergency is over."
    }
    "an image was refused" = {
      filter = "resource.type=\"cloud_run_revision\" AND protoPayload.status.message=~\"denied by (attestor|policy|Binary Authorization)\""
      todo   = "Something without an attestation was to run. Ask whoever the entry names."
    }
  }
}
