# The project's commands. `make` alone lists them.

GO ?= go
# The version is pinned in a module of its own, so that the linter's dependencies are not the suite's.
GOLANGCI_LINT = $(GO) tool -modfile=tools/go.mod golangci-lint
ACTIONLINT = $(GO) tool -modfile=tools/actionlint/go.mod actionlint

FUZZTIME ?= 30s
RUNS ?= 200

.DEFAULT_GOAL := help
.PHONY: help conformance test fuzz soak browser clients bench lint fmt serve build clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

conformance: ## Run the suite: on the reference server, or on the target in KLEARSTACK_… (ARGS='-godog.tags=@TOK-4')
	$(GO) test $(if $(wildcard .git),-buildvcs=true) $(ARGS)

test: ## Run the project's own tests and the suite
	$(GO) test ./...

fuzz: ## Let every fuzz target look for what breaks it (FUZZTIME=30s each)
	@for target in $$(grep -rlE --include='*_test.go' '^func Fuzz' internal | sort); do \
		for name in $$(sed -nE 's/^func (Fuzz[A-Za-z]*).*/\1/p' $$target); do \
			echo "$$name in $$(dirname $$target)"; \
			$(GO) test -run='^$$' -fuzz="^$$name\$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=5s ./$$(dirname $$target) || exit 1; \
		done; \
	done

soak: ## Run the suite many times over, in any order, under the race detector (RUNS=200)
	CONFORMANCE_TEST_SOAK=$(RUNS) $(GO) test -race -count=1 -run='^TestSoak$$' -v ./suite

browser: ## Open the report of three runs in Chromium
	internal/report/browser/run

clients: ## Run the five documented clients: on the reference server, and on the target in KLEARSTACK_…
	cmd/clients/run

bench: ## Measure what a run costs, for docs/performance.md, or compare with a commit (AGAINST=HEAD~1)
	$(if $(AGAINST),scripts/bench-compare '$(AGAINST)',scripts/bench)

lint: ## Check style, formatting, go vet, workflows, shell scripts and that all modules are tidy
	$(GOLANGCI_LINT) config verify
	$(GOLANGCI_LINT) run
	@unformatted=$$(gofmt -l .) && test -z "$$unformatted" || { \
		echo "not formatted, run make fmt: $$unformatted"; exit 1; }
	$(GO) vet ./...
	$(GO) mod tidy -diff
	cd tools && $(GO) mod tidy -diff
	cd suite/testdata/consumer && $(GO) vet . && $(GO) mod tidy -diff
	cd tools/actionlint && $(GO) mod tidy -diff
	$(ACTIONLINT)
	@if command -v shellcheck >/dev/null; then \
		git ls-files -z | xargs -0 awk 'FNR == 1 && /^#!.*sh$$/ { print FILENAME } { nextfile }' | xargs shellcheck; \
	else \
		echo 'No shell script was checked: shellcheck is missing; on Debian, run apt-get install -y shellcheck.'; \
		test -z "$$CI"; \
	fi

fmt: ## Format the code and group its imports
	$(GOLANGCI_LINT) fmt

serve: ## Start the reference server alone (ADDR=127.0.0.1:8080, FAULT=name)
	$(GO) run ./cmd/reference $(if $(ADDR),-addr '$(ADDR)') $(if $(FAULT),-fault '$(FAULT)')

build: ## Build the suite as static binaries for five platforms, bin/conformance-…, and this machine's as bin/conformance
	GO='$(GO)' scripts/build

clean: ## Remove what the other commands leave behind
	rm -rf bin reports .conformance-run internal/report/browser/node_modules cmd/clients/node_modules
