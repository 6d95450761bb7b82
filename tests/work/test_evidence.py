"""Photos of a record: nothing of the sender's file is kept but the picture, and sent twice is kept once."""

import datetime as dt
import io
import time
import uuid
from pathlib import Path

import pytest
from PIL import Image

from lantoa.keeping import files
from lantoa.lib.errors import RefusedError
from lantoa.orgs.rights import NotAllowedError
from lantoa.work import actions, evidence, pictures, queries
from lantoa.work.drafts import Draft
from lantoa.work.evidence import OtherFileError, Sent
from lantoa.work.models import Activity, Evidence
from tests import make
from tests.work.conftest import DAY
from tests.work.photos import giant, photo

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA = tmp_path / "media"


@pytest.fixture
def attach(record):
    activity = record(30)

    def attach(content, *, name="IMG_1.jpg", number=None, by=None):
        sent = Sent(name, content, number or uuid.uuid4())
        return evidence.attach(activity=activity, sent=[sent], by=by or make.clerk(), at=make.NOON)[
            0
        ]

    return attach


def kept_files():
    from django.conf import settings

    return [path for path in Path(settings.MEDIA).rglob("*") if path.is_file()]


@pytest.mark.both
def test_a_photo_is_kept_without_its_place_its_device_and_its_name(attach):
    kept = attach(photo(), name="C:\\anh\\bi-mat.jpg")
    content = files.path_of(kept.file).read_bytes()

    assert dict(Image.open(io.BytesIO(content)).getexif()) == {}
    assert b"MAY-BI-MAT" not in content
    assert b"Exif" not in content
    assert kept.name == "bi-mat.jpg"
    assert "bi-mat" not in kept.file
    assert kept.taken_date == dt.date(2023, 3, 1)


def test_a_large_photo_is_made_small_enough_for_a_weak_network(attach):
    kept = attach(photo(size=(4000, 3000)))
    image = Image.open(io.BytesIO(files.path_of(kept.file).read_bytes()))

    assert max(image.size) == pictures.LONGEST_SIDE
    assert kept.size == files.path_of(kept.file).stat().st_size < 400 * 1024


def test_a_photo_taken_sideways_stands_upright():
    sideways = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (40, 20), "red").save(sideways, "JPEG", exif=exif)

    upright = Image.open(io.BytesIO(pictures.cleaned(sideways.getvalue()).content))

    assert upright.size == (20, 40)


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_other_pictures_become_photos_too(attach, form):
    kept = attach(photo(form=form, place=False))

    assert Image.open(io.BytesIO(files.path_of(kept.file).read_bytes())).format == "JPEG"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Day la mot tep chu, khong phai anh",
        b"\xff\xd8\xff\xe0 hong",
        b"<svg onload='x'/>",
        b"GIF89a\0",
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name_says(attach, content):
    with pytest.raises(RefusedError, match="không phải ảnh"):
        attach(content, name="anh.jpg")

    assert kept_files() == []
    assert not Evidence.objects.exists()


def test_a_photo_of_forty_megabytes_is_refused_in_words(attach):
    with pytest.raises(RefusedError, match="40 MB, chỉ nhận tới 20 MB"):
        attach(photo() + bytes(40 * MB))


@pytest.mark.parametrize("side", [9_000, 30_000])
def test_a_giant_is_refused_before_it_is_decoded(attach, side):
    bomb = giant(side, side)
    before = time.process_time()

    with pytest.raises(RefusedError, match="64 triệu điểm"):
        attach(bomb)

    assert time.process_time() - before < 1


@pytest.mark.both
def test_the_same_photo_under_the_same_number_is_kept_once(attach):
    number, content = uuid.uuid4(), photo()

    assert attach(content, number=number) == attach(content, number=number)
    assert len(kept_files()) == 1
    with pytest.raises(OtherFileError):
        attach(photo(seed=9), number=number)


def test_the_same_photo_is_known_again_and_a_smaller_copy_looks_alike(attach):
    one, other = attach(photo()), attach(photo())
    copy = io.BytesIO()
    Image.open(io.BytesIO(photo())).resize((400, 300)).save(copy, "JPEG", quality=60)
    copied, strange = attach(copy.getvalue()), attach(photo(seed=90))

    assert one.digest == other.digest != copied.digest
    assert pictures.differing_bits(one.likeness, copied.likeness) <= 6
    assert pictures.differing_bits(one.likeness, strange.likeness) > 10


def test_a_paper_is_kept_as_it_is(attach):
    content = b"%PDF-1.7 mot van ban"
    kept = attach(content, name="nghi-quyet.pdf")

    assert kept.kind == Evidence.Kind.PAPER
    assert files.path_of(kept.file).read_bytes() == content


def test_a_thirteenth_photo_is_one_too_many(attach):
    for seed in range(12):
        attach(b"%PDF-" + bytes([seed]))

    with pytest.raises(RefusedError, match="nhiều nhất 12"):
        attach(b"%PDF-13")


def test_a_photo_is_attached_by_those_who_may_correct_the_record(attach, host):
    with pytest.raises(NotAllowedError):
        attach(photo(), by=make.recorder(make.unit("Xã khác")))

    assert attach(photo(), by=make.recorder(host)).recorded_at == make.NOON


def test_a_photo_taken_off_is_shown_no_more_and_still_known(attach):
    kept = attach(photo())

    evidence.remove(evidence=kept, by=make.clerk(), at=make.NOON)

    assert list(queries.evidence_of(kept.activity)) == []
    assert queries.evidence_for(make.clerk(), kept.uuid, make.NOON) is None
    assert Evidence.objects.get(digest=kept.digest).removed_at == make.NOON


@pytest.mark.both
def test_a_record_with_a_wrong_photo_is_not_half_saved(conference, host):
    draft = Draft(conference, host, DAY, {"luot-nguoi": 30})
    sent = [Sent("a.jpg", photo(), uuid.uuid4()), Sent("b.jpg", b"chu", uuid.uuid4())]

    with pytest.raises(RefusedError):
        evidence.record_with(draft=draft, sent=sent, by=make.clerk(), at=make.NOON)

    assert not Activity.objects.exists()
    assert not Evidence.objects.exists()


@pytest.mark.both
def test_every_version_says_who_when_and_why(record):
    activity, later = record(30), make.NOON + dt.timedelta(days=1)
    other = make.administrator()
    actions.correct(
        activity=activity, seen=1, values={"luot-nguoi": 37}, reason="đếm lại", by=other, at=later
    )
    actions.withdraw(activity=activity, reason="ghi trùng", by=other, at=later)

    told = [
        (each.number, each.told["values"].get("luot-nguoi"), each.told["withdrawn"], each.reason)
        for each in queries.versions_of(activity)
    ]

    assert told == [(3, 37, True, "ghi trùng"), (2, 37, False, "đếm lại"), (1, 30, False, "")]
    first, second = queries.versions_of(activity).order_by("number")[:2]
    assert (first.by, first.at) == (make.clerk(), make.NOON)
    assert (second.by, second.at) == (other, later)


def test_a_record_that_was_never_corrected_keeps_no_versions(record):
    assert not queries.versions_of(record(30)).exists()


def test_an_emoji_stays_and_what_no_database_keeps_goes(record):
    activity = record(30, title="Lao động\x00 vui 🎉👨‍👩‍👧 \ud83d")

    assert Activity.objects.get(pk=activity.pk).title == "Lao động vui 🎉👨‍👩‍👧"
