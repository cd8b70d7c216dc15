#!/usr/bin/env bash
# The long forms of tests/proof on both databases, then every wrong rule; a table of the figures.
#
# It takes an hour or so. Exit code 1 when anything was found, or could not be tried.
set -euo pipefail
trap 'exit 130' INT
cd "$(dirname "$0")/.."

unset SAMNARVARO_DATABASE_URL SAMNARVARO_DATABASE_URL_FILE SAMNARVARO_DEMO SAMNARVARO_HTTPS
unset SAMNARVARO_ALLOWED_HOSTS SAMNARVARO_DATA_DIR
export SAMNARVARO_SECRET_KEY=only-for-tests SAMNARVARO_PROVE=1

figures=$(mktemp)
trap 'rm -f "$figures"' EXIT
failed=0
prove() {
  local title=$1
  shift
  printf '\n── %s\n' "$title" | tee -a "$figures"
  "$@" 2>&1 | tee -a "$figures" || failed=1
}

prove "SQLite" .venv/bin/pytest -q -s --tb=short tests/proof
# shellcheck disable=SC2016  # the address is known only beside the server
prove "PostgreSQL" scripts/with-postgres.sh bash -c \
  'SAMNARVARO_DATABASE_URL=$SAMNARVARO_TEST_POSTGRES_URL exec .venv/bin/pytest -q -s --tb=short tests/proof'
prove "Felaktiga regler" .venv/bin/python -m tests.proof.mutants

printf '\n── Siffror\n'
grep -E '^──|steps|differences|found after|requests|tokens|killed|SURVIVED|passed|failed' "$figures" || true
exit "$failed"
