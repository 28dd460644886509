#!/bin/sh
# Everything about the code that needs no journey through the product; runs all, then says which failed.
set -u
cd "$(dirname "$0")/.."
export PYTHONPATH=.

failed=
check() {
    title=$1
    shift
    echo "── $title"
    "$@" || failed="$failed $title"
}

py=.venv/bin/python
check 格式 $py -m ruff format --check --quiet "$@"
check 规范 $py -m ruff check --quiet "$@"
check 类型 $py -m mypy
# Its cache keeps what an import meant before the imported module existed.
check 分层 .venv/bin/lint-imports --no-logo --no-cache
check 脚本和样式的格式 .venv/bin/oxfmt --check app/core/static
check 脚本规范 .venv/bin/oxlint --quiet app/core/static
check 模板 $py -m djlint --quiet --lint app
check 无用代码 $py -m vulture
if [ -f tools/generate_docs.py ]; then
    check 生成的文档 $py tools/generate_docs.py --check
fi
check 家规测试 $py -m pytest -q -n "${JOBS:-2}" tests/house

if [ -n "$failed" ]; then
    echo "未通过：$failed" >&2
    exit 1
fi
echo "全部通过。"
