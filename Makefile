# The only way things are run. `make` alone tells what there is.
#
# Scripts in scripts/print_*.py write generated pages of docs/; with --check they say whether a page
# is stale, and change nothing.

BIN := .venv/bin
PRINTED := $(wildcard scripts/print_*.py)

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset run test check lint fix prove bench sources texts lock clean

help: ## visar den här listan
	@echo "Samnärvaro. Skriv make och ett av orden:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | \
	  while IFS='|' read -r word meaning; do printf '%-14s %s\n' "$$word" "$$meaning"; done

demo: ## startar demokommunen Vik på den här datorn (första gången tar det någon minut)
	@scripts/setup.sh run
	@SAMNARVARO_DEMO=1 exec $(BIN)/samnarvaro demo

demo-reset: ## tar bort demokommunen och börjar om från början
	@scripts/setup.sh run
	@$(BIN)/python scripts/demo_reset.py
	@$(MAKE) --no-print-directory demo

run: ## startar som i drift: inställningar ur miljön, ingen demo
	@scripts/setup.sh run
	@$(BIN)/samnarvaro migrate
	@exec $(BIN)/samnarvaro run

setup: ## gör miljön i .venv med allt som utveckling behöver
	@scripts/setup.sh dev

test: setup ## kör alla prov på SQLite och PostgreSQL, och i webbläsaren (ARGS=… går till pytest)
	@scripts/test.sh $(ARGS)

check: lint test ## granskar allt: form, typer, rum och våningar, sidor i takt med koden, prov

lint: setup ## granskar allt utom proven
	@scripts/lint.sh

fix: setup ## rättar form och skriver om de sidor som skrivs av kod
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@for script in $(PRINTED); do $(BIN)/python "$$script" || exit; done

prove: setup ## prövar länge att inget släpps ut: tusentals steg och felaktiga regler, på båda databaserna
	@scripts/prove.sh

bench: ## mäter farten mot handskriven SQL, på SQLite och PostgreSQL
	@scripts/setup.sh bench
	@scripts/with-postgres.sh $(BIN)/python -m bench

sources: setup ## visar hur långt varje källmodell är bevisad
	@$(BIN)/python scripts/sources.py

texts: setup ## för in nya texter i de andra språkens kataloger
	@$(BIN)/python scripts/texts.py extract
	@$(BIN)/python scripts/texts.py compile

lock: setup ## skriver om låsfilerna i requirements/ (LOCK=--upgrade tar nyare)
	@scripts/lock.sh $(LOCK)
	@scripts/setup.sh dev

clean: ## tar bort miljön och allt som verktygen lämnat (inte var/)
	@rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
