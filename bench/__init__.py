"""What the product costs, beside the stock way of doing the same. `make bench` runs it; docs/performance.md explains.

Nothing of the product imports this.
"""

STOCK_HOST = "localhost"
"""Under this name the server answers with the stock site; under 127.0.0.1 with the product."""
