# Sourced by eng/all.sh: a real MySQL (9, from Debian sid) in a folder of its own, for as long as the script runs.
# shellcheck shell=bash

MYSQL_ROOT=artifacts/mysql
MYSQL_PID=

# start_mysql: sets MYSQL_ADDRESS, or prints why there is no server and returns 1.
start_mysql() {
  local root port log=artifacts/mysql.log
  (( EUID == 0 )) || { echo 'a real MySQL needs root, for chroot'; return 1; }
  if [[ ! -x $MYSQL_ROOT/usr/sbin/mysqld ]]; then
    command -v debootstrap >/dev/null || { apt-get update -q && apt_install debootstrap; } >"$log" 2>&1 ||
      { echo "debootstrap could not be installed; see $log"; return 1; }
    rm -rf "$MYSQL_ROOT"
    say 'Fetching MySQL (once) …'
    debootstrap --variant=minbase --include=mysql-server-core sid "$MYSQL_ROOT" >"$log" 2>&1 ||
      { rm -rf "$MYSQL_ROOT"; echo "MySQL could not be fetched from Debian; see $log"; return 1; }
  fi

  root=$(readlink -f "$MYSQL_ROOT")
  port=$(free_port 31000-31999)
  rm -rf "$root/data"
  install -m 600 /dev/stdin "$root/account.sql" <<'SQL'
CREATE USER 'test'@'%' IDENTIFIED BY 'test';
GRANT ALL PRIVILEGES ON *.* TO 'test'@'%' WITH GRANT OPTION;
SQL
  local common=(--no-defaults --user=root --datadir=/data --secure-file-priv=)
  chroot "$root" mysqld "${common[@]}" --initialize-insecure >"$log" 2>&1 || { echo "MySQL could not be laid out; see $log"; return 1; }
  # The server ends with this script, however that ends.
  setpriv --pdeathsig KILL chroot "$root" mysqld "${common[@]}" --bind-address=127.0.0.1 --port="$port" --socket=/data/mysql.sock \
    --mysqlx=OFF --skip-log-bin --innodb-flush-log-at-trx-commit=1 --max-connections=300 --init-file=/account.sql </dev/null >>"$log" 2>&1 &
  MYSQL_PID=$!
  MYSQL_ADDRESS=mysql://test:test@127.0.0.1:$port
  await_mysql "$port" || { echo "MySQL did not start; see $log"; return 1; }
}

# The first byte of the greeting comes when the server is ready.
await_mysql() {
  local port=$1 byte try
  for try in {1..300}; do
    if { exec {probe}<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; then
      read -r -t 2 -N 1 byte <&"$probe" || true
      exec {probe}>&-
      return 0
    fi
    kill -0 "$MYSQL_PID" 2>/dev/null || return 1
    sleep 0.1
  done
  return 1
}

stop_mysql() {
  [[ -n $MYSQL_PID ]] && kill "$MYSQL_PID" && wait "$MYSQL_PID" || true
  MYSQL_PID=
}

# free_port RANGE
free_port() {
  local port
  for port in $(shuf -i "$1" -n 20); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}
