"""Long trials of what docs/promises.md promises: the product is driven from outside, over HTTP, and then counted."""
