"""docgen: plan amendments and their schedules from data, as EDGAR text, EDGAR HTML and PDF."""

__version__ = "0.1.0"
