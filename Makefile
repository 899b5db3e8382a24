# Everything a newcomer needs; each target sets up what it needs itself.
.DEFAULT_GOAL := help
PYTHON ?= python3
STAGE ?= published
BIN := .venv/bin

.PHONY: help setup demo serve test check bench messages clean

help:  ## what can be done here
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup:  ## environment and pinned dependencies
	@PYTHON=$(PYTHON) scripts/setup

demo: ## a believable edition served on 127.0.0.1:8000; STAGE=call|fieldwork|results|published
	@PYTHON=$(PYTHON) scripts/setup
	@scripts/demo $(STAGE)

serve: ## serve the site with the data in var/
	@PYTHON=$(PYTHON) scripts/setup
	@$(BIN)/probierz migrate -v 0 && $(BIN)/probierz collectstatic -v 0 --no-input && $(BIN)/probierz serve

test: ## everything: lint, arrows, types, SQLite, PostgreSQL, browser
	@PYTHON=$(PYTHON) scripts/setup dev
	@scripts/test all

check: ## the fast part of the tests
	@PYTHON=$(PYTHON) scripts/setup dev
	@scripts/test fast

bench: ## measure the hot paths beside their peers
	@PYTHON=$(PYTHON) scripts/setup dev
	@$(BIN)/python -m bench

messages: ## collect and compile the translations (needs gettext)
	@cd src/probierz && PYTHONPATH=.. ../../$(BIN)/python -m probierz.config makemessages -l en --no-location --no-wrap && ../../$(BIN)/probierz compilemessages -l en

clean: ## remove the environment, the demo's data and caches
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
