"""How alike two practices say what they are: a bit for every run of four letters, and how many bits they share.

A sketch of 4.096 bits stands for the set of runs of a text, so that ten thousand practices are compared by a few array
operations, without an index to keep and without reading their words again. Two runs may fall on one bit: texts of the
allowed length that share nothing then seem alike by a tenth at most, far below `ALIKE`.
"""

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from lantoa.lib import text

RUN, BITS = 4, 4096
BYTES = BITS // 8
# In hundredths. Below it two practices merely speak about the same things.
ALIKE = 30


def runs(said: str) -> set[str]:
    """The runs of four letters of a text, blanks among them, marks and case aside."""
    folded = f" {text.fold(said)} "
    return {folded[at : at + RUN] for at in range(len(folded) - RUN + 1)}


def sketch(said: str) -> bytes:
    """A text's runs as bits. An empty text has none."""
    bits = np.zeros(BITS, np.uint8)
    bits[[zlib.crc32(run.encode()) % BITS for run in runs(said)]] = 1
    return np.packbits(bits).tobytes()


def likeness(one: bytes, others: Sequence[bytes]) -> npt.NDArray[np.int64]:
    """In hundredths, for each of the others: bits that both have, of those that the shorter one has.

    Of the shorter, not of both together: a title alone is found again in a title with its summary.
    """
    if not others:
        return np.zeros(0, np.int64)
    ours = np.frombuffer(one, np.uint64)
    theirs = np.frombuffer(b"".join(others), np.uint64).reshape(len(others), -1)
    shared = np.bitwise_count(theirs & ours).sum(axis=1, dtype=np.int64)
    sizes = np.bitwise_count(theirs).sum(axis=1, dtype=np.int64)
    shorter = np.minimum(sizes, int(np.bitwise_count(ours).sum(dtype=np.int64)))
    hundredths: npt.NDArray[np.int64] = 100 * shared // np.maximum(shorter, 1)
    return hundredths
