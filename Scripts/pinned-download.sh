# Sourced by the set-up scripts: one pinned file from the Python package index that pip is set up to use.

# say TEXT: one line of progress. fail TEXT: one line that says what is wrong and the mend, and the end.
say() { printf '%s\n' "$*"; }
fail() {
    printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
    exit 1
}

# sha256_is FILE SUM: whether the file is there and has that checksum.
sha256_is() {
    [ -f "$1" ] && python3 -c '
import hashlib, sys
digest = hashlib.sha256()
with open(sys.argv[1], "rb") as file:
    while block := file.read(1 << 20):
        digest.update(block)
sys.exit(digest.hexdigest() != sys.argv[2])' "$1" "$2"
}

# need_pip: ends with the mend where Python or its pip is missing.
need_pip() {
    python3 -m pip --version >/dev/null 2>&1 ||
        fail "python3 with pip is needed for the download: apt-get install python3-pip (Debian, Ubuntu) or brew install python3"
}

# pinned_download NAME VERSION SUM FOLDER [sdist]: the wheel (or the source archive) of a package, into an empty folder.
# pip compares the checksum before it looks into the file; a download that broke off is tried again by pip itself.
pinned_download() {
    need_pip
    printf '%s==%s --hash=sha256:%s\n' "$1" "$2" "$3" >"$4/requirements"
    kind=--only-binary
    [ "${5:-}" = sdist ] && kind=--no-binary
    python3 -m pip download --quiet --disable-pip-version-check --retries 5 --no-deps --require-hashes "$kind" "$1" \
        --dest "$4" --requirement "$4/requirements" >"$4/log" 2>&1 || {
        cat "$4/log" >&2
        fail "could not download $1 $2; check the network and pip's settings (pip config list), then run this again"
    }
}
