# Works with the make 3.81 that macOS has. Everything is installed into $(VENV), nothing outside it.

VENV ?= .venv
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11 python
RUN := $(VENV)/bin/python
LAB_FILE := $(firstword $(wildcard notebooks/00_start_here.ipynb notebooks/01_sigmoid.ipynb))
PIN := $(RUN) -m uv pip compile pyproject.toml --universal --python-version 3.11 --upgrade --quiet
SYSTEMS := linux aarch64-unknown-linux-gnu macos x86_64-apple-darwin windows

# One stamp for the environment and one for each thing installed into it, so that a second run is quick.
# The stamp's name holds PYTHON, so that naming another Python makes the environment anew. A space in its
# path would make two names of one.
MADE := $(VENV)/made$(if $(PYTHON),-with-$(notdir $(lastword $(PYTHON))))
LEARNER := $(VENV)/learner
TESTER := $(VENV)/tester
# The site's tools have an environment of their own: JupyterLite is for another JupyterLab than the learners' one.
SITE := $(VENV)/site
BUILDER := $(SITE)/ready
KATEX := site/node_modules/.package-lock.json

.PHONY: help lab test coverage test-site site handout notebooks lint format bench bench-site picture sheet links pins clean always

help: ## Show what there is to make
	@awk -F ' ?:.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo 'PYTHON=python3.12 make lab    uses that Python    ARGS="..." make test    passes options on'

lab: $(LEARNER) ## Open the lessons in JupyterLab
	$(RUN) -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) $(LAB_FILE) $(ARGS)

# A browser waits half of the time, so two halves of the tests run beside each other. ARGS that names files, as
# ARGS="tests/test_svg.py -k text", is for one pytest. Status 5 says that ARGS chose no test of that half.
PYTEST = $(RUN) -m pytest -m "$(1)"
define HALVES
@log=$$(mktemp); \
	echo '$(PYTEST) $(3) $(ARGS) &'; \
	$(PYTEST) $(3) $(ARGS) >$$log 2>&1 & other=$$!; \
	trap "kill $$other; rm -f $$log; exit 130" INT TERM; \
	echo '$(PYTEST) $(2) $(ARGS)'; \
	$(PYTEST) $(2) -o cache_dir=.pytest_cache/half $(ARGS); half=$$?; \
	wait $$other; other=$$?; \
	echo 'The other half: $(3)'; cat $$log; rm -f $$log; \
	case "$$half $$other" in "0 0"|"0 5"|"5 0") ;; *) exit 1;; esac
endef
# Python in the page: half of the time of the site's tests.
LITE = tests/browser/test_site_runs.py
ONE = $(filter tests% notebooks%,$(ARGS))

test: $(TESTER) ## Verify everything: helpers, notebooks, and the lessons in a real browser
	$(RUN) tests/chromium.py
ifneq ($(ONE),)
	$(call PYTEST,not site) $(ARGS)
else
	$(call HALVES,not site,tests/browser notebooks,tests --ignore=tests/browser)
endif

coverage: $(TESTER) ## Say which lines and branches no test runs, those in a browser left out
	$(RUN) -m pytest --cov --cov-config=pyproject.toml --ignore=tests/browser $(ARGS)

site: $(LEARNER) $(BUILDER) $(KATEX) ## Build the web site of the lessons into build/site
	$(RUN) site/films.py
	$(SITE)/bin/python site/build.py $(if $(filter site,$(MAKECMDGOALS)),$(ARGS))

handout: $(LEARNER) $(BUILDER) $(KATEX) ## Write lessons as single pages that move, for an email or a learning platform
	$(RUN) site/films.py $(patsubst %,notebooks/%.ipynb,$(ARGS))
	$(SITE)/bin/python site/handout.py $(ARGS)

test-site: $(TESTER) site ## Verify the web site: every lesson in a real browser, offline
	$(RUN) tests/chromium.py --required
ifneq ($(ONE),)
	$(call PYTEST,site) $(ARGS)
else
	$(call HALVES,site,$(LITE),tests/browser $(LITE:%=--ignore=%))
endif

bench-site: $(TESTER) site ## Measure the web site: seconds to the first live figure, megabytes, a slider's steps
	$(RUN) tests/chromium.py --required
	$(RUN) tests/benchmarks/web.py $(ARGS)

notebooks: $(TESTER) ## Run every notebook anew and bring it into the committed form
	$(RUN) tests/refresh.py $(ARGS)

lint: $(TESTER) ## Check the style of all Python, notebooks included
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

format: $(TESTER) ## Mend the style of all Python, notebooks included
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

bench: $(TESTER) ## Measure the sliders in a real JupyterLab, beside those of bqplot, ipympl and interact
	$(RUN) tests/chromium.py --required
	$(RUN) -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/requirements.txt
	$(RUN) tests/benchmarks $(ARGS)

picture: $(TESTER) ## Take the README's picture anew
	$(RUN) tests/chromium.py --required
	$(RUN) tests/browser/picture.py

sheet: $(LEARNER) ## Write the cheat sheet to print into build/sheet, and its picture for the README
	$(RUN) -c 'from lessons.cheatsheet import sheet; [sheet(f"build/sheet/activations-{paper}.{kind}", paper=paper) \
	  for paper in ("a4", "letter") for kind in ("pdf", "svg", "png")]'
	$(RUN) -c 'from lessons.cheatsheet import sheet; open("notebooks/images/sheet.png", "wb").write(sheet().png())'

links: $(MADE) ## Point every link at REPO=owner/name
	$(RUN) tests/links.py $(REPO)

pins: $(TESTER) ## Choose the newest versions anew: requirements.txt and tests/requirements.txt
	$(PIN) --output-file requirements.txt
	$(PIN) --extra test --constraint requirements.txt --output-file tests/requirements.txt
	@echo 'Looking for a wheel of every pin on every system'
	@set -e; for python in 3.11 3.12 3.13 3.14; do for system in $(SYSTEMS); do \
	  $(RUN) -m uv pip compile tests/requirements.txt --python-version $$python --python-platform $$system \
	    --only-binary :all: --quiet --output-file $(VENV)/wheels.txt; \
	done; done
	grep -vE '^(ipywidgets|jupyterlab-widgets|widgetsnbextension)==' requirements.txt > $(VENV)/site.txt
	$(RUN) -m uv pip compile site/requirements.in --universal --python-version 3.11 --upgrade --quiet \
	  --no-annotate --constraint $(VENV)/site.txt --output-file site/requirements.txt
	$(RUN) -m uv pip compile site/wheels.in --no-deps --generate-hashes --python-version 3.12 --upgrade --quiet \
	  --no-annotate --constraint $(VENV)/site.txt --output-file site/wheels.txt
	@printf '%s\n' '# The helpers and lessons of this repository' '-e .' >> requirements.txt

clean: ## Remove the environment and everything that tools left behind
	rm -rf $(VENV) site/node_modules *.egg-info build .coverage .pytest_cache .ruff_cache .hypothesis

# An environment holds the path of the folder it was made in: in a moved folder it is made anew.
ifneq ($(shell cat $(MADE) 2>/dev/null),$(CURDIR))
$(MADE): always
endif

$(MADE):
	@found=; \
	for python in $(if $(PYTHON),"$(PYTHON)",$(PYTHONS)); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "Python 3.11 or newer is needed, and none of these is one: $(or $(PYTHON),$(PYTHONS))."; \
	  echo "Install one from https://www.python.org/downloads/ or with your system's packages, or name it: PYTHON=/path/to/python make $(or $(MAKECMDGOALS),lab)"; \
	  exit 1; \
	fi >&2; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found has no venv module. On Debian and Ubuntu, 'sudo apt install python3-venv' installs it."; \
	  exit 1; \
	fi >&2; \
	echo "Making $(VENV) with $$("$$found" --version); the first time, installing takes a minute or two."; \
	"$$found" -m venv --clear $(VENV)
	@pwd -P | tee $(VENV)/made > $(MADE)

$(LEARNER): $(MADE) requirements.txt pyproject.toml
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(TESTER): $(MADE) requirements.txt tests/requirements.txt pyproject.toml
	$(RUN) -m pip install --quiet --disable-pip-version-check -r requirements.txt -r tests/requirements.txt
	@touch $(LEARNER) $@

$(BUILDER): $(MADE) site/requirements.txt
	$(RUN) -m venv --clear $(SITE)
	$(SITE)/bin/python -m pip install --quiet --disable-pip-version-check -r site/requirements.txt
	@touch $@

$(KATEX): site/package-lock.json
	@if ! command -v npm >/dev/null; then \
	  echo "The site needs Node.js 18 or newer with npm. Install it from https://nodejs.org or with your system's packages."; \
	  exit 1; \
	fi >&2
	npm ci --prefix site --no-audit --no-fund --loglevel=error
	@touch $@
