locals {
  # Members of gateway/error-report-event.v1.schema.json and of gateway/delivery-event.v1.schema.json, under their own names: Pub/Sub
  # puts each member into the column of its name. The older books' columns are among them.
  landing = {
    error_reports = {
      description = "One row per delivery of an event of the topic esight-error-reports; read the views"
      columns = [
        { name = "eventId", type = "STRING", mode = "REQUIRED", description = "The same in every delivery of the same event" },
        { name = "version", type = "STRING" },
        { name = "reportId", type = "STRING" },
        { name = "esightId", type = "STRING" },
        { name = "revision", type = "INTEGER" },
        { name = "feed", type = "STRING" },
        { name = "market", type = "STRING" },
        { name = "reportMarks", type = "STRING", mode = "REPEATED" },
        { name = "item", type = "INTEGER", description = "Null when the report has no items" },
        { name = "itemCount", type = "INTEGER" },
        { name = "itemMarks", type = "STRING", mode = "REPEATED" },
        { name = "errorCode", type = "STRING" },
        { name = "errorMessage", type = "STRING" },
        { name = "receivedAt", type = "TIMESTAMP" },
        { name = "traceparent", type = "STRING" },
        { name = "uuid", type = "STRING" },
        { name = "starting", type = "TIMESTAMP" },
        { name = "ending", type = "TIMESTAMP" },
        { name = "e_sight_Id", type = "STRING" },
        { name = "e_sight_received_Json_tsIso8601", type = "STRING" },
        { name = "send_uuid", type = "STRING" },
        { name = "message_id", type = "STRING" },
        { name = "e_sight_response_type", type = "STRING" },
        { name = "e_sight_response", type = "STRING" },
        { name = "e_sight_message", type = "STRING" },
        { name = "datapointKey", type = "STRING" },
        { name = "value", type = "STRING", description = "The digits as they were written" },
        { name = "tsIso8601", type = "STRING" },
        { name = "destination_bucket", type = "STRING" },
        { name = "destination_path", type = "STRING" },
      ]
    }
    deliveries = {
      description = "One row per delivery of an event of the topic esight-deliveries; read the views"
      columns = [
        { name = "eventId", type = "STRING", mode = "REQUIRED", description = "The same in every delivery of the same event" },
        { name = "version", type = "STRING" },
        { name = "sendId", type = "STRING" },
        { name = "sender", type = "STRING" },
        { name = "state", type = "STRING" },
        { name = "reason", type = "STRING" },
        { name = "status", type = "INTEGER" },
        { name = "attempts", type = "INTEGER" },
        { name = "acceptedAt", type = "TIMESTAMP" },
        { name = "resendOf", type = "STRING" },
        { name = "reading", type = "INTEGER" },
        { name = "readingCount", type = "INTEGER" },
        { name = "traceparent", type = "STRING" },
        { name = "uuid", type = "STRING" },
        { name = "starting", type = "TIMESTAMP" },
        { name = "ending", type = "TIMESTAMP" },
        { name = "e_sight_message", type = "STRING" },
        { name = "e_sight_response", type = "STRING" },
        { name = "e_sight_response_type", type = "STRING" },
        { name = "message_id", type = "STRING" },
        { name = "data_feed_type", type = "STRING" },
        { name = "local_market", type = "STRING" },
        { name = "site_id", type = "STRING" },
        { name = "meter_id", type = "STRING" },
        { name = "original_bucket", type = "STRING" },
        { name = "original_path", type = "STRING" },
        { name = "destination_bucket", type = "STRING" },
        { name = "destination_path", type = "STRING" },
        { name = "dataimportcode", type = "STRING" },
        { name = "datapointKey", type = "STRING" },
        { name = "tsIso8601", type = "STRING" },
        { name = "value", type = "STRING", description = "The digits as they were written" },
        { name = "error_code", type = "STRING" },
        { name = "error_type", type = "STRING" },
        { name = "error_message", type = "STRING" },
        { name = "original_bucket_name", type = "STRING" },
      ]
    }
  }

  # The columns of the original's books, in their order.
  views = {
    send = {
      description = "One row per reading that e-Sight took"
      of          = "deliveries"
      where       = "error_code IS NULL"
      columns = [
        "uuid", "starting", "ending", "e_sight_message", "e_sight_response", "e_sight_response_type", "message_id", "data_feed_type",
        "local_market", "site_id", "meter_id", "original_bucket", "original_path", "destination_bucket", "destination_path",
        "dataimportcode", "datapointKey", "tsIso8601", "value",
      ]
    }
    send_errors = {
      description = "One row per reading that did not get to e-Sight"
      of          = "deliveries"
      where       = "error_code IS NOT NULL"
      columns = [
        "starting", "uuid", "ending", "error_code", "error_type", "error_message", "destination_bucket", "destination_path",
        "original_bucket_name", "original_path",
      ]
    }
    receive = {
      description = "One row per reading that e-Sight refused"
      of          = "error_reports"
      where       = "item IS NOT NULL"
      columns = [
        "uuid", "starting", "ending", "e_sight_Id", "e_sight_received_Json_tsIso8601", "send_uuid", "message_id", "e_sight_response_type",
        "e_sight_response", "e_sight_message", "datapointKey", "value", "tsIso8601", "destination_bucket", "destination_path",
      ]
    }
    receive_errors = {
      description = "One row per report, or item of one, that could not be read as it should"
      of          = "error_reports"
      where       = "ARRAY_LENGTH(reportMarks) + ARRAY_LENGTH(itemMarks) > 0"
      columns = [
        "starting", "uuid", "ending", "ARRAY_TO_STRING(ARRAY_CONCAT(reportMarks, itemMarks), ',') AS error_code", "'Report' AS error_type",
        "errorMessage AS error_message", "destination_bucket", "destination_path", "CAST(NULL AS STRING) AS original_bucket_name",
        "CAST(NULL AS STRING) AS original_path",
      ]
    }
  }
}
