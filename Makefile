# Two commands carry a newcomer: `make demo` and `make test`. Both do all the set-up that they need.

SHELL := /bin/bash
ROOT := $(CURDIR)
LOCAL := $(ROOT)/.local
PYTHON := $(LOCAL)/python/bin/python
ARGILLA_PYTHON := $(LOCAL)/argilla/bin/python
MODEL := $(LOCAL)/models/SmolLM2-135M-Instruct.Q4_1.gguf
# Where the library of llama.cpp was put; empty where the system's own is used.
LLAMA = PKG_CONFIG_PATH="$$(cat $(LOCAL)/llama-path):$$PKG_CONFIG_PATH"
CHECKS := --explicit-target-dependency-import-check error
OUT ?= out/math-preference

.PHONY: help demo test conformance argilla-test build release setup setup-python setup-argilla model examples benchmark-build format lint clean

help: ## What can be made here.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

demo: release model ## Set everything up and make a preference dataset with the embedded model.
	@.build/release/distilabel pipeline run --config Examples/math-preference.yaml --output "$(OUT)" --overwrite --allow-failed-rows --show-rows 3

test: setup setup-python setup-argilla model ## Set everything up and run every test.
	@$(LLAMA) DISTILABEL_PYTHON="$(PYTHON)" DISTILABEL_ARGILLA_PYTHON="$(ARGILLA_PYTHON)" DISTILABEL_TEST_MODEL="$(MODEL)" \
		swift test --traits Llama $(CHECKS) --disable-xctest

conformance: setup ## Run the recorded cases of Python's distilabel (DISTILABEL_CONFORMANCE names their folder) against a debug build.
	@$(LLAMA) swift build --traits Llama $(CHECKS) --product distilabel
	@Tests/Conformance/run .build/debug/distilabel
	@[ ! -d "$$DISTILABEL_CONFORMANCE" ] || Scripts/setup-reference
	@Tests/Conformance/saved .build/debug/distilabel $(LOCAL)/reference/bin/python

argilla-test: setup setup-argilla ## Only the tests with the real Argilla server.
	@$(LLAMA) DISTILABEL_ARGILLA_PYTHON="$(ARGILLA_PYTHON)" \
		swift test --traits Llama $(CHECKS) --disable-xctest --filter Argilla

examples: setup model ## Build the example program as a package of its own, and run its tests.
	@$(LLAMA) swift test --package-path Examples/MathPreference --scratch-path .build-examples --disable-xctest

build: setup ## A debug build of everything, the tests included.
	@$(LLAMA) swift build --build-tests --traits Llama $(CHECKS)

release: setup ## The command, as users get it: .build/release/distilabel.
	@$(LLAMA) swift build -c release --traits Llama --product distilabel

setup: ## System packages and the library of llama.cpp.
	@Scripts/setup-system
	@mkdir -p $(LOCAL) && Scripts/setup-llama > $(LOCAL)/llama-path.new && tail -n 1 $(LOCAL)/llama-path.new > $(LOCAL)/llama-path && rm $(LOCAL)/llama-path.new

model: setup ## The small chat model of the demo and the tests, in two quantisations.
	@Scripts/setup-model --fast > /dev/null

setup-python: ## Foreign readers of our files, for the tests.
	@Scripts/setup-python

setup-argilla: ## The real Argilla server, for the tests; they leave out what needs it where it cannot be installed.
	@Scripts/setup-argilla || echo "No Argilla server here: the tests that need it are left out." >&2

benchmark-build: release ## What Benchmarks/Pipelines/run needs: the command and the mock server, in release.
	@swift build -c release --package-path Benchmarks --scratch-path .build-benchmarks --product mock-llm-server

format: ## Format the sources.
	@swift format --in-place --recursive --parallel Sources Tests Benchmarks Examples Package.swift

lint: ## Check the format.
	@swift format lint --strict --recursive --parallel Sources Tests Benchmarks Examples Package.swift

clean: ## Remove what was built; what was downloaded stays.
	@rm -rf .build .build-*
