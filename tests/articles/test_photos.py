"""Photos are cut around what matters in them, and cut again when an editor says that it is something else."""

import io

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Pillow
from wagtail.images.models import Image

from lantoa.articles import actions, publishing
from lantoa.orgs.rights import NotAllowedError
from tests import make
from tests.articles import writing

pytestmark = pytest.mark.django_db
RED, BLUE = (200, 30, 30), (30, 30, 200)
WIDE, HIGH = 2400, 600


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    writing.shelf()


def png():
    """Red on the left, blue on the right: far wider than any size of it."""
    drawn = Pillow.new("RGB", (WIDE, HIGH), RED)
    drawn.paste(BLUE, (WIDE // 2, 0, WIDE, HIGH))
    kept = io.BytesIO()
    drawn.save(kept, "PNG")
    return kept.getvalue()


def middle(image):
    """What stands in the middle of the wide cut: "red" or "blue"."""
    with image.get_rendition(publishing.WIDE).file.open() as file:
        shown = Pillow.open(file).convert("RGB")
    red, _green, blue = shown.getpixel((shown.width // 2, shown.height // 2))
    return "red" if red > blue else "blue"


def aim(image, x):
    image.focal_point_x, image.focal_point_y = x, HIGH // 2
    image.focal_point_width = image.focal_point_height = 100
    image.save()


def test_a_photo_is_cut_around_its_focal_point_and_again_when_that_moves():
    image = Image(title="Ảnh", file=ImageFile(io.BytesIO(png()), name="hai-mau.png"))
    aim(image, 300)
    first = middle(image)
    aim(image, WIDE - 300)

    assert (first, middle(image)) == ("red", "blue")


def test_all_sizes_are_there_before_a_reader_comes():
    image = actions.keep_photo(
        title="Ảnh", name="anh.png", content=png(), by=make.clerk(), at=make.NOON
    )

    there = {spec for _pk, spec in publishing.renditions([image.pk])}
    assert there == {*publishing.SIZES, *publishing.SIZES_INSIDE}


def test_only_who_lays_out_the_site_takes_photos_in():
    with pytest.raises(NotAllowedError):
        actions.keep_photo(
            title="Ảnh", name="anh.png", content=png(), by=make.person(), at=make.NOON
        )
