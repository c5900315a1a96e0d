#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL, which DATABASE_URL names, and drops it afterwards:
#     scripts/with_postgres.sh make quick
# As root on Debian it installs PostgreSQL where there is none.
set -eu
cd "$(dirname "$0")/.."

if ! command -v pg_virtualenv >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    wait="-o DPkg::Lock::Timeout=300" # another apt-get may be at work
    { apt-get $wait update -qq && apt-get $wait install -y --no-install-recommends postgresql; } >&2 || true
fi
if ! command -v pg_virtualenv >/dev/null; then
    echo "These tests need PostgreSQL 15 or newer. Install it (on Debian: apt-get install postgresql), and run this again." >&2
    exit 1
fi

# Nobody needs these data after a power cut, so nothing waits for the disk.
exec pg_virtualenv -t -c "--locale C.UTF-8 --encoding UTF8" \
    -o fsync=off -o synchronous_commit=off -o full_page_writes=off -o max_connections=200 \
    bash -eu -c '
        createdb nurture
        export DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@localhost:$PGPORT/nurture"
        # Migrating takes a while, so it is done once; every database of the tests is a copy of this one.
        folder="$(mktemp -d)"
        NURTURE_VAR="$folder" .venv/bin/python manage.py migrate --verbosity 0
        rm -r "$folder"
        export MIGRATED_DATABASE=nurture PYTEST_ADDOPTS=--create-db
        exec "$@"' with_postgres "$@"
