"""What comes in from machines and files: the outbox of a phone; Excel workbooks, which the desk shows and sends."""
