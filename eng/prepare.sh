# Sourced by run and test: what both need on the machine, and a build that costs nothing when nothing changed.
# shellcheck shell=bash

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Passwords are normalised (NFKC), which needs ICU.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=0
# Build servers would outlive the script and hold its output open.
export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

has_library() { compgen -G "/usr/lib/*/$1" >/dev/null || compgen -G "/usr/lib/$1" >/dev/null; }

install_packages() {
  local missing=()
  # The -core package is the server without the service that Debian would start.
  command -v mariadb-install-db >/dev/null || missing+=(mariadb-server-core)
  command -v my_print_defaults >/dev/null || missing+=(mariadb-client-core)
  has_library 'libargon2.so.1' || missing+=(libargon2-1)
  has_library 'libicuuc.so.*' || missing+=(libicu)
  (( ${#missing[@]} == 0 )) && return

  command -v apt-get >/dev/null || fail "Missing: ${missing[*]}. Install them (this script knows only apt)."
  (( EUID == 0 )) || fail "Missing: ${missing[*]}. Run this once as root, or install them with apt-get."
  say "Installing ${missing[*]} (once) …"
  local log=artifacts/install.log
  { apt-get update -q && apt_install "${missing[@]}"; } >"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "Installing failed; see $log."; }
}

# install_if_possible LIBRARY PACKAGE: what one part of a run needs; without it that part is left out, and says so.
install_if_possible() {
  has_library "$1" && return
  (( EUID == 0 )) && command -v apt-get >/dev/null || return 0
  say "Installing $2 (once) …"
  { apt-get update -q && apt_install "$2"; } >>artifacts/install.log 2>&1 || say "$2 could not be installed; see artifacts/install.log."
}

apt_install() {
  local names=() name
  for name in "$@"; do
    # ICU's package carries its version in its name.
    [[ $name == libicu ]] && name=$(apt-cache search --names-only '^libicu[0-9]+$' | awk '{ print $1 }' | sort -V | tail -n 1)
    names+=("$name")
  done
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "${names[@]}"
}

# The driver of production, or the one that restores everywhere where the feed lacks it; asked once.
choose_driver() {
  local log=artifacts/driver.log
  if [[ -z ${MySqlDriver:-} && ! -f artifacts/driver ]]; then
    if dotnet restore libs/MySql/src </dev/null >"$log" 2>&1; then
      echo MySqlConnector >artifacts/driver
    elif grep -q 'NU110[1-3].*MySqlConnector' "$log"; then
      say 'MySqlConnector cannot be had here: building with MySql.Data, which is slower and is never shipped.'
      echo MySql.Data >artifacts/driver
    else
      grep -E 'error' "$log" | sort -u | head -n 20 >&2
      fail "The packages cannot be restored; see $log."
    fi
  fi
  export MySqlDriver=${MySqlDriver:-$(<artifacts/driver)}
}

# build WHAT STAMP FOLDER…: builds a solution (filter) unless the last build is younger than every file in the folders.
build() {
  local what=$1 stamp=artifacts/$2.stamp log=artifacts/$2.log variant=${MySqlDriver:-}/${MySqlConnectorVersion:-}
  shift 2
  if [[ -f $stamp && $(<"$stamp") == "$variant" && -z $(newer_than "$stamp" "$@") ]]; then
    return
  fi

  [[ -f $stamp ]] && say 'Building …' || say 'Building (the first time takes a minute or two) …'
  spare_running
  local next=$stamp.next
  printf '%s' "$variant" >"$next"
  # The stamp is as old as the start of the build: what is edited meanwhile is built next time.
  dotnet build "$what" -c Release -v minimal --nologo -nodeReuse:false -p:UseSharedCompilation=false </dev/null >"$log" 2>&1 ||
    { grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u | head -n 40 >&2; fail "The build failed; see $log."; }
  mv "$next" "$stamp"
}

# The build writes into its output files in place, and a running stack has them mapped: it goes on with the old ones, set aside.
spare_running() {
  grep -qsF "$PWD/artifacts/bin/" /proc/[0-9]*/maps || return 0
  local file
  while IFS= read -r -d '' file; do
    cp -p "$file" "$file.new" && mv "$file.new" "$file"
  done < <(find artifacts/bin -path '*/release/*' -name '*.dll' -print0)
}

newer_than() {
  local stamp=$1
  shift
  # Folders too: their time changes when a file is deleted.
  find "$@" ./*.props ./*.targets global.json .editorconfig -newer "$stamp" -print -quit
}

prepare() {
  mkdir -p artifacts
  command -v dotnet >/dev/null || PATH=$PATH:/usr/share/dotnet:/usr/lib/dotnet:$HOME/.dotnet
  command -v dotnet >/dev/null || fail 'The .NET 10 SDK is needed: https://dot.net/download'
  exec {PREPARE_LOCK}>artifacts/prepare.lock
  flock "$PREPARE_LOCK"
  install_packages
  choose_driver
}

prepared() { exec {PREPARE_LOCK}>&-; }
