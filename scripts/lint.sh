#!/usr/bin/env bash
# Everything that is judged without running it. All of it is run, so that all faults are seen at once.
set -uo pipefail
cd "$(dirname "$0")/.."

failed=()
check() {
  local name=$1
  shift
  echo "── $name"
  "$@" || failed+=("$name")
}

bin=.venv/bin
check "form" $bin/ruff format --check --quiet .
check "regler" $bin/ruff check --quiet --output-format concise .
check "typer" $bin/mypy
check "rum och våningar" $bin/lint-imports --no-logo
check "migreringar" env DJANGO_SETTINGS_MODULE=samnarvaro.project.settings \
  $bin/python -W error -m django makemigrations --check --dry-run
check "Djangos egna kontroller" env DJANGO_SETTINGS_MODULE=samnarvaro.project.settings \
  $bin/python -m django check
check "mallar" $bin/djlint --quiet --lint src
for script in scripts/print_*.py; do
  [ ! -e "$script" ] || check "$script" $bin/python "$script" --check
done

if [ "${#failed[@]}" -gt 0 ]; then
  printf 'FEL i %s\n' "${failed[@]}" >&2
  exit 1
fi
