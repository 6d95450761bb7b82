"""The work area: pages for those who record, review, oversee. A door: it reads a request, calls one action, answers."""
