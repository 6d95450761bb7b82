"""The one shape of an error that a person reads: a clear sentence (what, where, what to do) in both languages."""


class LantoaError(Exception):
    """Something a person can mend. `str()` is the Vietnamese sentence."""

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en


class RefusedError(LantoaError):
    """Something told cannot be taken as it is. `where`: the box of a form, the column of a file, a measure's code, or a word."""

    def __init__(self, *, where: str, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.where = where
