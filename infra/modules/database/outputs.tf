output "host" { value = google_sql_database_instance.this.private_ip_address }

output "name" { value = google_sql_database.this.name }

output "instance" { value = google_sql_database_instance.this.name }
