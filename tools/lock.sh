#!/bin/sh
# Writes both lock files for every supported Python at once, with hashes and without addresses.
set -eu
cd "$(dirname "$0")/.."

python=$(tools/find_python.sh)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" -m venv "$folder"
"$folder/bin/python" -m pip install --quiet --no-input --disable-pip-version-check uv

lock() {
    output=$1
    shift
    "$folder/bin/uv" pip compile --quiet --universal --python-version 3.11 --upgrade \
        --generate-hashes --no-header --no-annotate --output-file "$output" pyproject.toml "$@"
}

lock requirements/runtime.lock
lock requirements/dev.lock --group dev --constraint requirements/runtime.lock
echo "已更新 requirements/runtime.lock 和 requirements/dev.lock，请查看差异并运行 make test。"
