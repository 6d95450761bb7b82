"""How often tests by chance try: enough for every run, and LANTOA_TIMES=20 times as often for a night."""

import os

TIMES = int(os.environ.get("LANTOA_TIMES", "1"))


def times(count: int) -> int:
    return count * TIMES
