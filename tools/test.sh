#!/bin/sh
# The whole suite on SQLite, then on PostgreSQL; says plainly what this machine cannot run and why.
set -u
cd "$(dirname "$0")/.."

has_chromium() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null; }
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; }
has_chinese_font() {
    find /usr/share/fonts -iname '*cjk*' -o -iname '*wqy*' 2>/dev/null | grep -q .
}

wanted=
has_chromium || wanted="$wanted chromium"
has_postgresql || wanted="$wanted postgresql"
has_chinese_font || wanted="$wanted fonts-noto-cjk"
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "安装测试所需的系统软件：$wanted …"
    # A package's own service is not wanted: the tests start a private server of their own.
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends $wanted; } >/dev/null \
        || echo "安装失败，下面按缺少的情况继续。" >&2
fi
has_chromium || echo "跳过：没有 chromium，浏览器测试不运行。安装：apt-get install chromium" >&2
has_chinese_font || echo "注意：没有中文字体，浏览器测试的截图里汉字显示为方框。安装：apt-get install fonts-noto-cjk" >&2

status=0
run() {
    echo "── $1"
    database=$2
    shift 2
    # Whoever is done first takes from what the other has left: the last minutes are worked by two.
    TEST_DATABASE=$database .venv/bin/python -m pytest -n "${JOBS:-2}" --dist worksteal "$@"
    said=$?
    # 5 is "no test": on the second engine that is so where everything has its answer from the first.
    [ $said = 0 ] || { [ $said = 5 ] && [ "$database" = postgresql ]; } || status=1
}

# Which tests a second engine answers again, and why, stands in tests/second_engine.py.
run SQLite sqlite "$@"
if has_postgresql; then
    run "PostgreSQL（与数据库无关的不重复）" postgresql "$@"
else
    echo "跳过：没有 PostgreSQL，这一遍测试不运行。安装：apt-get install postgresql" >&2
fi
exit $status
