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
# Debian's Go is older than the API server needs.
if [ -z "$KUBEBUILDER_ASSETS" ] && ! command -v go >/dev/null 2>&1; then
  echo "missing an API server for tests/apiserver: put Go 1.26 or newer on the PATH, which builds it once," >&2
  echo "or name in KUBEBUILDER_ASSETS a folder with kube-apiserver and etcd" >&2
  exit 1
fi
