#!/bin/sh
# Which Python may build the virtual environment? Prints its path, or says what to install.
# Each candidate is run, not just looked up: version managers leave names on PATH that do not work.
set -u

too_old=
incomplete=
for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    path=$(command -v "$name" 2>/dev/null) || continue
    "$path" -c 'import sys; sys.exit(sys.version_info < (3,))' 2>/dev/null || continue
    if ! "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        too_old="$path"
    elif ! "$path" -c 'import venv, ensurepip, ssl, sqlite3' 2>/dev/null; then
        incomplete="$path"
    else
        printf '%s\n' "$path"
        exit 0
    fi
done

if [ -n "$incomplete" ]; then
    version=$("$incomplete" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "找到 $incomplete，但缺少 venv 模块。Debian/Ubuntu 请运行：apt-get install python$version-venv，然后重试。" >&2
elif [ -n "$too_old" ]; then
    echo "找到的 $too_old 版本太低（$("$too_old" --version 2>&1)），需要 Python 3.11 以上。安装后重试，或指定：make setup PYTHON=/路径/python3.12" >&2
else
    echo "没有找到 Python，需要 Python 3.11 以上。Debian/Ubuntu 请运行：apt-get install python3 python3-venv，然后重试。" >&2
fi
exit 1
