"""What comes in without a page: the outbox of a phone. A door: it reads a request, calls one action, answers."""
