# The project's commands; `make` alone lists them.
PYTHON ?= python3
BOT := .venv/bin/bot
BASE := .venv/.base
DEV := .venv/.dev

.PHONY: help run chat test lint check bench accept evaluate fit publish proof styles clean
help:  ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

$(BASE): pyproject.toml
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(DEV): $(BASE)
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

run: $(BASE)  ## serve the web chat on this machine
	$(BOT) serve

chat: $(BASE)  ## the same conversation in the terminal
	@$(BOT) chat

# Compiled modules are kept even where the environment says not to: the tests start the bot hundreds of times.
test: $(DEV)  ## install and pass every test
	PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -n 4 --dist worksteal

lint: $(DEV)  ## style, types and layers
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

check: lint test  ## the one definition of clean

bench: $(DEV)  ## print the speed and size figures, one a line
	.venv/bin/python -m tests.bench

accept: $(DEV)  ## rewrite the transcripts' bot lines; read the difference before keeping it
	.venv/bin/python -m tests.transcripts

evaluate: $(DEV)  ## print how well questions are understood, beside other searches
	.venv/bin/python -m tests.evaluation
	.venv/bin/python -m tests.evaluation.peers
	.venv/bin/python -m tests.evaluation.public

fit: $(DEV)  ## fit the weights and thresholds again, on one half of the evaluation set
	.venv/bin/python -m tests.evaluation.fit

publish: $(BASE)  ## check the topics and ship what they mean
	$(BOT) knowledge publish

proof: $(BASE)  ## write proof.html for the people who sign the policy off
	$(BOT) proof proof.html

styles:  ## rebuild the page's style sheet from npm's govuk-frontend
	adapters/web/styles/build

clean:  ## remove what was installed and built
	rm -rf .venv build *.egg-info
