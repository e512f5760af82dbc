# Stop with the one line that installs what `make test-all` needs and this machine has not.
# With --list, print the missing packages and nothing else.
missing=
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need chromium "chromium libatomic1"
need faketime faketime
need shellcheck shellcheck
need pdfinfo poppler-utils
need jq jq
need kubectl kubernetes-client
need soffice libreoffice-calc
need java default-jre-headless
need mvn maven
[ "$1" = --list ] && echo "$missing" && exit 0
if [ -n "$missing" ]; then
  echo "missing programs; on Debian: apt-get install --no-install-recommends$missing" >&2
  exit 1
fi
# Debian's Go is older than the API server needs. The type checker of policies is always built.
if ! command -v go >/dev/null 2>&1; then
  echo "missing Go 1.26 or newer on the PATH: tests/apiserver builds an API server with it once, in minutes;" >&2
  echo "KUBEBUILDER_ASSETS names a folder with kube-apiserver and etcd instead, and Go builds the rest" >&2
  exit 1
fi
