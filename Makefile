# Every command a person or CI runs. `make run` and `make test` need Python 3.11 or newer and a package index
# the first time, and nothing at all after that.
#
#   make run                  a desk on http://127.0.0.1:8000 (PORT= changes it; ARGS=--no-sample: an empty one)
#   make test                 the whole test suite (ARGS= goes to pytest: make test ARGS=tests/claims)
#   make lint                 style, types, layers, missing migrations
#   make eval                 how good it is, on ../shared/data (ARGS= picks parts, -v shows sentences), with floors
#   make train                fit the weights of the score again, from ClaimBuster in ../shared/data
#   make messages             bring locale/ up to what code and templates say, then translate what is new there
#   make setup                the environment alone, in .venv/ (PYTHON= names the interpreter)

PYTHON ?=
ARGS ?=
# The environment's own interpreter first: it is the quickest to say that nothing has to be done.
PYTHONS = $(PYTHON) .venv/bin/python python3 python3.13 python3.12 python3.11
BIN = .venv/bin
UV = $(shell command -v uv || echo $(BIN)/uv)
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

define setup
	@for python in $(PYTHONS); do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec $$python -I config/setup.py $(1); \
		fi; \
	done; \
	echo "Plumbline needs Python 3.11 or newer, and none was found here: install one, or name it with PYTHON=." >&2; \
	exit 1
endef

.PHONY: run test lint messages setup setup-dev train eval bench lock screenshots clean

run: setup
	@exec $(BIN)/python -m config.supervisor $(ARGS)

test: setup-dev
	@exec $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check

setup:
	$(call setup,)

setup-dev:
	$(call setup,--dev)

eval: setup-dev
	@exec $(BIN)/python -m tests.eval $(ARGS)

train: setup-dev
	@exec $(BIN)/python -m claims.extraction.training $(ARGS)

bench: setup
	@exec $(BIN)/python -m benchmarks $(ARGS)

messages: setup-dev
	@exec $(BIN)/python -m scripts.messages

screenshots: setup-dev
	@exec $(BIN)/python scripts/screenshots.py $(ARGS)

# Newest versions that fit, with a hash of every file, for every system. No address gets into the files.
lock: setup
	$(COMPILE) --upgrade requirements-setup.in -o requirements-setup.txt
	$(COMPILE) --upgrade requirements.in -o requirements.txt
	$(COMPILE) --upgrade requirements-dev.in -o requirements-dev.txt

# Environment and caches. The desk and its data, in var/, stay.
clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
