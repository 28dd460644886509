# Every command of the project; `make` alone lists them.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/sh

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --no-input --disable-pip-version-check \
	--only-binary :all: --require-hashes
FLASK := $(PY) -m flask --app run
CHECKED := app seed tools tests config.py run.py
JOBS ?= 2
SEEDS ?= 1,2,3

.PHONY: help
help: ## 显示本清单
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: .venv/runtime.stamp ## 准备环境：虚拟环境、锁定的依赖、数据库、字典、演示中心
	@$(PY) tools/fonts.py
	@$(PY) tools/prepare.py

.PHONY: run
run: setup ## 准备环境并启动服务（HOST、PORT、DATABASE_URL 可设）
	@$(PY) run.py

.PHONY: test
test: .venv/dev.stamp ## 先在 SQLite、再在 PostgreSQL 上跑全部测试（T=路径 只跑一部分）
	@JOBS=$(JOBS) tools/test.sh $(T)

.PHONY: fuzz
fuzz: .venv/dev.stamp ## 用成千上万个敌意请求试系统会不会出错（ROUNDS=次数 SEED=种子）
	@FUZZ_ROUNDS=$(or $(ROUNDS),20000) FUZZ_SEED=$(or $(SEED),20211130) \
		$(PY) -m pytest -n $(JOBS) --timeout 36000 tests/fuzz

.PHONY: mutants
mutants: .venv/dev.stamp ## 逐个改错代码，看测试能否发现（SEEDS=1,2,3 COUNT=每个种子几个 ONLY=文件:行 T=测试）
	@$(PY) -m tools.mutants --seeds $(SEEDS) --count $(or $(COUNT),70) \
		--jobs $(JOBS) --only "$(ONLY)" $(T)

.PHONY: check
check: .venv/dev.stamp ## 检查格式、规范、类型、分层、无用代码、家规测试、生成的文档
	@JOBS=$(JOBS) tools/check.sh $(CHECKED)

.PHONY: readme
readme: .venv/runtime.stamp ## 在一份副本里把 README 的命令照抄一遍
	@$(PY) -m tools.readme_commands

.PHONY: format
format: .venv/dev.stamp ## 按规范整理代码格式
	@$(PY) -m ruff check --quiet --fix $(CHECKED) || true
	@$(PY) -m ruff format $(CHECKED)

.PHONY: docs
docs: .venv/dev.stamp ## 按代码中的声明重新生成 docs/generated/
	@$(PY) -m tools.generate_docs

.PHONY: migration
migration: .venv/dev.stamp ## 按模型的改动生成一个迁移：make migration m="Add …"
	@test -n "$(m)" || { echo '请写明改了什么：make migration m="Add phone to site"' >&2; exit 2; }
	@$(FLASK) db upgrade && $(FLASK) db migrate -m "$(m)"

.PHONY: lock
lock: ## 按 pyproject.toml 重新锁定依赖的版本与哈希
	@tools/lock.sh

.PHONY: clean
clean: ## 删除缓存和虚拟环境（instance/ 里的数据保留）
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find app seed tools tests -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@python=$$(PYTHON="$(PYTHON)" tools/find_python.sh) && echo "建立虚拟环境（$$python）…" \
		&& "$$python" -m venv --clear .venv

.venv/runtime.stamp: requirements/runtime.lock | .venv/bin/python
	@echo "安装依赖 …"
	@$(PIP) -r requirements/runtime.lock
	@touch $@

.venv/dev.stamp: requirements/dev.lock .venv/runtime.stamp
	@echo "安装开发与测试工具 …"
	@$(PIP) -r requirements/dev.lock
	@touch $@
