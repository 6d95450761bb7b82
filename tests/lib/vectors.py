"""The vectors that Python and JavaScript share."""

import json
from pathlib import Path

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
