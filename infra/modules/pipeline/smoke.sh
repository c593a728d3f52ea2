# Asks the new revision, by its tag's address ($TARGET), before it gets any request: is it ready, and does it know who calls?
set -eu

metadata=http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity
token=$(curl --silent --show-error --fail --header 'Metadata-Flavor: Google' "$metadata?audience=$AUDIENCE&format=full")

# ask PATH: the status of the answer
ask() {
  curl --silent --show-error --output /dev/null --write-out '%{http_code}' --max-time 20 --retry 3 --retry-connrefused \
    --header "Authorization: Bearer $token" "$TARGET$1"
}

expect() {
  got=$(ask "$1")
  echo "$1 answered $got, expected $2"
  test "$got" = "$2"
}

# Ready: the database answers and its tables have the level that the code needs.
expect /health/ready 200
# The token of an account that the service knows is enough to be told that there is no such route; anybody else is told 401.
expect /no-such-route 404
# And it opens nothing.
expect /health 403
