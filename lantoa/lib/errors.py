"""The one shape of an error that a person reads: a clear sentence (what, where, what to do) in both languages."""


class LantoaError(Exception):
    """Something a person can mend. `str()` is the Vietnamese sentence."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en
