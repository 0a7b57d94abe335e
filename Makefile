# The commands people, the README and CI rely on. `make setup` is done first by all the others.
SHELL := /bin/sh
SUITS := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(SUITS)' 2>/dev/null && { echo $$python; break; }; done)
BIN := .venv/bin

define NO_PYTHON
autorev needs Python 3.11, 3.12 or 3.13: TensorFlow has no packages for 3.14 yet.
Install one of them beside the Python you have, with whichever of these you use:
  uv python install 3.13                         then: make setup PYTHON="$$(uv python find 3.13)"
  pyenv install 3.13                             then: make setup PYTHON="$$(pyenv prefix 3.13)/bin/python"
  sudo apt install python3.13 python3.13-venv    then: make setup
  brew install python@3.13                       then: make setup
endef
export NO_PYTHON

.PHONY: setup lab test notebooks colab requirements

setup: .venv/installed

# An environment works in the folder that it was made for; where that was moved, it is set up again.
ifneq ($(shell cat .venv/installed 2>/dev/null),$(CURDIR))
.PHONY: .venv/installed
endif

.venv/installed: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(or $(PYTHON),python3) -c '$(SUITS)' 2>/dev/null || { \
		found=$$($(or $(PYTHON),python3) --version 2>/dev/null) || found='none at "$(or $(PYTHON),python3)"'; \
		printf '%s\n' "Found: $$found." "$$NO_PYTHON"; exit 1; }
	@echo "Setting up .venv (about 3.0 GB of disk, a few minutes the first time) ..."
	@$$(test -x $(BIN)/python && echo $(BIN)/python || echo $(PYTHON)) -m venv .venv || { rm -rf .venv; echo "No virtual environment could be made (on Debian and Ubuntu: sudo apt install python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > $@
	@echo 'Ready: make lab. For the command autorev in this terminal: source .venv/bin/activate'

lab: setup
	@$(BIN)/autorev lab

test: setup
	@$(BIN)/python -m pytest

notebooks: setup
	@$(BIN)/autorev run all --update
	@$(BIN)/python docs/chapter_table.py

# The course on the versions that Google Colab has, in an environment of its own.
colab:
	@command -v python3.13 >/dev/null && python3.13 --version >/dev/null 2>&1 || { echo "skipped: Colab runs Python 3.13, and there is no python3.13 here"; exit 0; } ; \
	set -e; \
	python3.13 -m venv .venv-colab; \
	.venv-colab/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints-colab.txt \
		tensorflow tensorboard jax nbclient nbformat ipykernel --editable ".[serve,test]"; \
	.venv-colab/bin/python -m pytest -o addopts="" tests/test_data.py tests/test_devices.py tests/test_training.py \
		tests/test_evaluation.py tests/test_explain.py tests/test_plots.py tests/test_claims.py \
		tests/test_exercises.py tests/test_exercise_answers.py tests/test_export.py tests/test_litert.py \
		tests/test_publishing.py tests/test_retraining.py; \
	.venv-colab/bin/python -m pytest --nbval-lax notebooks

# Pins the newest versions that fit together, for every platform and Python; no address is written. Needs uv.
requirements:
	uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --quiet --extra tensorflow --extra jax --extra lab --extra serve --extra test --extra teach -o requirements.txt
