.PHONY: edition test check

edition: ## set up and make an edition of an example article
	sh scripts/first-edition.sh

test: ## set up and pass the tests, on the checkout and on the wheel
	sh scripts/test.sh

check: ## all that CI does
	bash .ci/run
