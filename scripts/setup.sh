#!/usr/bin/env bash
# Makes .venv from the hashed locks: setup.sh run | dev | bench (bench holds dev as well).
#
# Wants python3 (3.11 or newer) with venv, nothing else. What is already in place is known by stamps
# in .venv, so that a second call only reads a few small files.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-run}" in
  run) locks=(run) ;;
  dev) locks=(dev) ;;
  bench) locks=(dev bench) ;;
  *) echo "setup.sh: run, dev eller bench" >&2; exit 2 ;;
esac

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
# uv is not to look for a Python of its own; it trusts the certificates of this machine; and it
# knows a mirror that pip has been told of.
export UV_PYTHON_DOWNLOADS=never UV_SYSTEM_CERTS=1 UV_LINK_MODE="${UV_LINK_MODE:-copy}"
[ -z "${PIP_INDEX_URL:-}" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}"

say() { echo "$*" >&2; }

sum() { cat "$@" | sha256sum | cut -d' ' -f1; }
stamped() { [ "$(cat ".venv/stamp-$1" 2>/dev/null)" = "$2" ]; }
stamp() { echo "$2" >".venv/stamp-$1"; }

make_environment() {
  # A folder that was moved, or whose Python is gone, is made anew.
  stamped place "$PWD" && .venv/bin/python -c '' 2>/dev/null && return
  local python=${PYTHON:-python3}
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "Samnärvaro behöver Python 3.11 eller nyare ($python duger inte). Välj en annan med PYTHON=…"
    exit 2
  fi
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    say "Python saknar venv. Installera det först: apt-get install python3-venv"
    exit 2
  fi
  say "Skapar miljön i .venv …"
  rm -rf .venv
  "$python" -m venv .venv
  stamp place "$PWD"
}

have_uv() {
  stamped uv "$(sum requirements/uv.txt)" && return
  [ ! -e .venv/stamp-no-uv ] || return 1
  if .venv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt &&
    .venv/bin/uv --version >/dev/null; then
    stamp uv "$(sum requirements/uv.txt)"
  else
    say "uv går inte att installera här; tar pip i stället (långsammare, samma paket)."
    stamp no-uv yes
    return 1
  fi
}

install() {
  if have_uv; then
    .venv/bin/uv pip install --quiet --python .venv/bin/python "$@" && return
    say "uv lyckades inte; försöker med pip …"
  fi
  .venv/bin/python -m pip install --quiet "$@"
}

install_lock() {
  local file=requirements/$1.txt
  stamped "$1" "$(sum "$file")" && return
  say "Installerar paketen i $file …"
  install --require-hashes -r "$file"
  stamp "$1" "$(sum "$file")"
  # The development lock holds all of the running one.
  [ "$1" != dev ] || stamp run "$(sum requirements/run.txt)"
}

install_project() {
  stamped project "$(sum pyproject.toml)" && return
  install --no-deps --no-build-isolation --editable .
  stamp project "$(sum pyproject.toml)"
}

compile_texts() {
  [ -e scripts/texts.py ] || return 0
  local catalogue
  while read -r catalogue; do
    if [ "$catalogue" -nt "${catalogue%.po}.mo" ]; then
      .venv/bin/python scripts/texts.py compile
      return
    fi
  done < <(find src -name '*.po')
}

make_environment
for lock in "${locks[@]}"; do
  install_lock "$lock"
done
install_project
compile_texts
