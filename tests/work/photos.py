"""Photos made for tests."""

import io
import random

from PIL import Image

GPS, EXIF_IFD, TAKEN = 0x8825, 0x8769, 0x9003


def photo(
    *, size=(800, 600), seed=1, place=True, taken="2023:03:01 09:10:00", form="JPEG"
) -> bytes:
    """A JPEG as a phone makes it: with a place, a device and a moment in it."""
    dots = random.Random(seed).randbytes(8 * 6 * 3)
    image = Image.frombytes("RGB", (8, 6), dots).resize(size, Image.Resampling.BICUBIC)
    exif = Image.Exif()
    if place:
        exif[0x010F] = "MAY-BI-MAT"
        exif.get_ifd(GPS)[2] = (22.0, 39.0, 57.1)
        exif.get_ifd(EXIF_IFD)[TAKEN] = taken
    kept = io.BytesIO()
    image.save(kept, form, exif=exif, **({"quality": 90} if form == "JPEG" else {}))
    return kept.getvalue()


def giant(width: int, height: int) -> bytes:
    """A small file that says that it is a very large picture."""
    kept = io.BytesIO()
    Image.new("1", (width, height)).save(kept, "PNG")
    return kept.getvalue()
