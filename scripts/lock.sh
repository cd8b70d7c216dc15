#!/usr/bin/env bash
# Writes the hashed locks in requirements/ anew from pyproject.toml.
#
# Pins that stand there stay; `make lock LOCK=--upgrade` takes the newest of everything,
# `make lock LOCK="--upgrade-package django"` of one. The files name no index: where packages come
# from is the installing machine's own setting, and the hashes say that they are the right ones.
set -euo pipefail
cd "$(dirname "$0")/.."

export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1

lock() {
  local file=$1
  shift
  echo "  $file"
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
    --generate-hashes --no-header --output-file "$file" "$@"
}

# Each lock is bound by the one below it, so that one environment can hold them all.
lock requirements/uv.txt --group installer "$@"
lock requirements/run.txt pyproject.toml --group build "$@"
lock requirements/dev.txt pyproject.toml --group build --group dev --constraints requirements/run.txt "$@"
lock requirements/bench.txt --group bench --constraints requirements/dev.txt "$@"
