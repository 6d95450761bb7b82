"""Photos, before they are kept: capped, turned upright, made small, and without what a camera writes into them.

A photo is decoded and written anew, so nothing of the file that was sent is left in the one that is kept: no place, no
device, no name, no second file hidden behind the picture.
"""

import datetime as dt
import io
import warnings
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageOps, UnidentifiedImageError

from lantoa.lib.errors import RefusedError
from lantoa.lib.numbers import show

MB = 1024 * 1024
LARGEST_FILE = 20 * MB
LARGEST_PICTURE = 64_000_000  # pixels; the largest phone cameras have fifty million
LONGEST_SIDE = 1600
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
_TAKEN = (0x9003, 0x0132)  # DateTimeOriginal, else DateTime
_EXIF_IFD = 0x8769


class Picture(NamedTuple):
    """A photo as it is kept: JPEG bytes, its likeness, and the day the camera says it was taken."""

    content: bytes
    likeness: str
    taken: dt.date | None


def refuse_too_heavy(size: int) -> None:
    """
    Raises:
        RefusedError: the file is larger than anything a camera makes.
    """
    if size > LARGEST_FILE:
        raise RefusedError(
            where="photos",
            vi=f"Ảnh nặng {show(size // MB)} MB, chỉ nhận tới {LARGEST_FILE // MB} MB. "
            "Hãy chụp lại ở cỡ nhỏ hơn, hoặc lưu việc không kèm ảnh.",
            en=f"The photo weighs {show(size // MB, 'en')} MB; at most {LARGEST_FILE // MB} MB are taken. "
            "Take it again at a smaller size, or save the record without it.",
        )


def cleaned(content: bytes) -> Picture:
    """Read a photo and write it anew.

    Raises:
        RefusedError: too heavy, too large, or no photo, whatever its name says.
    """
    refuse_too_heavy(len(content))
    try:
        # Pillow warns from a size on that we refuse in words.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _read(content)
    except Image.DecompressionBombError:
        raise _too_large() from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, MemoryError):
        raise RefusedError(
            where="photos",
            vi="Tệp này không phải ảnh, hoặc ảnh đã hỏng. Hãy chọn ảnh JPEG, PNG hoặc WebP.",
            en="This file is no photo, or it is damaged. Choose a JPEG, PNG or WebP photo.",
        ) from None


def likeness(image: Image.Image) -> str:
    """What it looks like, in 64 bits: whether each of 8 × 8 places is darker than the one to its right (dHash)."""
    grey = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    dots = list(grey.tobytes())
    rows = [dots[start : start + 9] for start in range(0, 72, 9)]
    bits = [left < right for row in rows for left, right in pairwise(row)]
    return f"{sum(bit << place for place, bit in enumerate(bits)):016x}"


def differing_bits(one: str, other: str) -> int:
    """How far two likenesses are apart: 0 is the same picture, up to about 6 nearly the same."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _read(content: bytes) -> Picture:
    # The head alone is read here: its size is known before a single dot is decoded.
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        _refuse_too_large(opened.width, opened.height)
        taken = _taken(opened)
        # A camera's JPEG is decoded at half or a quarter of its size, where that is enough.
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened)
    upright = _on_white(upright)
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    upright.save(kept, "JPEG", quality=QUALITY, optimize=True, progressive=True, exif=b"")
    return Picture(kept.getvalue(), likeness(upright), taken)


def _refuse_too_large(width: int, height: int) -> None:
    if width * height > LARGEST_PICTURE:
        raise _too_large()


def _too_large() -> RefusedError:
    dots = LARGEST_PICTURE // 1_000_000
    return RefusedError(
        where="photos",
        vi=f"Ảnh có quá nhiều điểm, chỉ nhận tới {dots} triệu điểm. Hãy chụp lại ở cỡ nhỏ hơn.",
        en=f"The photo has too many dots; at most {dots} million are taken. Take it at a smaller size.",
    )


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "P"):
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return image.convert("RGB")


def _taken(image: Image.Image) -> dt.date | None:
    """The camera's day, if it wrote a day that can be one."""
    exif = image.getexif()
    said = [exif.get_ifd(_EXIF_IFD).get(_TAKEN[0]), exif.get(_TAKEN[1])]
    for each in said:
        try:
            year, month, day = str(each)[:10].split(":")
            return dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
    return None
