"""How alike two practices are: the sketch against the sets that it stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.practices import likeness, queries
from tests.practices.telling import draft, proposed, registered

WORDS = st.lists(
    st.sampled_from(
        [
            "nuôi",
            "lợn",
            "nhựa",
            "tiết",
            "kiệm",
            "tổ",
            "tự",
            "quản",
            "đường",
            "biên",
            "camera",
            "an",
            "ninh",
            "chợ",
            "phiên",
        ]
    ),
    min_size=3,
    max_size=30,
).map(" ".join)


@given(WORDS, WORDS)
def test_a_sketch_says_what_the_sets_say_within_a_few_hundredths(one, other):
    ours, theirs = likeness.runs(one), likeness.runs(other)
    exact = 100 * len(ours & theirs) // min(len(ours), len(theirs))

    [found] = likeness.likeness(likeness.sketch(one), [likeness.sketch(other)])

    assert abs(found - exact) <= 10


def test_marks_and_capitals_are_immaterial_and_nothing_is_like_nothing():
    same = [likeness.sketch(said) for said in ("Nuôi LỢN nhựa", "nuoi lon nhua", "")]

    assert list(likeness.likeness(same[0], same)) == [100, 100, 0]
    assert list(likeness.likeness(same[0], [])) == []


@pytest.mark.django_db
def test_only_registered_practices_are_offered_the_nearest_first(world):
    near = registered(world["A1.pn"])
    registered(world["A2.pn"], title="Camera an ninh", summary="Dân góp, công an quản lý hình.")
    proposed(world["A3.pn"])
    told = draft(world["B1.pn"], title="Nuôi heo nhựa tiết kiệm")

    assert [each.practice for each in queries.similar(f"{told.title}. {told.summary}")] == [near]
