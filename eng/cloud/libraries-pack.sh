#!/usr/bin/env bash
# Packs the libraries, unless the packages are there already.
set -euo pipefail

compgen -G 'artifacts/package/release/*.nupkg' >/dev/null && exit 0
MySqlDriver=MySqlConnector dotnet pack eng/Libraries.slnf -c Release -v minimal --nologo
touch artifacts/package/packed
