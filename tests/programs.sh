# Stop with the one line that installs what `make test-all` needs and this machine has not.
# With --list, print the missing packages and nothing else.
missing=
need() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need chromium "chromium libatomic1"
need faketime faketime
need shellcheck shellcheck
need pdfinfo poppler-utils
need jq jq
need soffice libreoffice-calc
[ "$1" = --list ] && echo "$missing" && exit 0
[ -z "$missing" ] && exit 0
echo "missing programs; on Debian: apt-get install --no-install-recommends$missing" >&2
exit 1
