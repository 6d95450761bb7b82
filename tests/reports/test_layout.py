"""A5.3, A5.4 and the number formats: the rules follow the issuer and the document's own date."""

import dataclasses
import datetime as dt
import re

import pytest

from lantoa.reports import layout
from lantoa.reports.paper import PARTY, STATE, Paragraph, Run
from tests.reports import drawn


@pytest.mark.parametrize(
    ("family", "date", "code"),
    [
        (PARTY, dt.date(2018, 4, 3), "36-hd-vptw"),
        (PARTY, dt.date(2026, 5, 26), "36-hd-vptw"),
        (PARTY, dt.date(2026, 5, 27), "05-hd-vptw"),
        (STATE, dt.date(2020, 3, 5), "nd-30-2020"),
        (STATE, dt.date(2026, 11, 23), "nd-30-2020"),
    ],
)
def test_the_rules_follow_the_issuer_and_the_date(family, date, code):
    assert layout.layout_for(family=family, date=date).code == code


def test_a_date_before_all_rules_is_refused_with_a_sentence():
    with pytest.raises(layout.NoLayoutError) as refused:
        layout.layout_for(family=STATE, date=dt.date(2019, 12, 31))

    assert "ngày 31 tháng 12 năm 2019" in refused.value.vi
    assert "31 December 2019" in refused.value.en


def test_no_two_rules_of_a_family_hold_on_one_day():
    for each in layout.layouts():
        later = [
            other
            for other in layout.layouts()
            if other.family == each.family and other.start > each.start
        ]
        assert all(each.end and each.end <= other.start for other in later)


@pytest.mark.parametrize(
    ("date", "printed"),
    [
        (dt.date(2026, 2, 5), "Cao Bằng, ngày 05 tháng 02 năm 2026"),
        (dt.date(2026, 5, 27), "Cao Bằng, ngày 27 tháng 5 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_take_a_nought(date, printed):
    head = dataclasses.replace(drawn.party_head(), date=date)

    assert layout.show_place_and_date(head) == printed


def test_a_party_number_has_no_colon_and_a_hyphen():
    printed = layout.show_number(drawn.party_head(number=5), look_of(drawn.party_head()))

    assert printed == "Số 05-BC/TU"
    assert re.fullmatch(r"Số \d{2,}-[A-ZĐa-z]+/[A-ZĐa-z]+", printed)


def test_a_state_number_has_a_colon_and_a_slash():
    head = drawn.state_paper().head

    assert re.fullmatch(r"Số: \d{2,}/BC-UBND", layout.show_number(head, look_of(head)))


def test_a_number_above_ninety_nine_keeps_its_digits():
    head = drawn.party_head(number=127)

    assert layout.show_number(head, look_of(head)) == "Số 127-BC/TU"


def test_a_paper_without_a_number_shows_a_blank_for_the_pen():
    head = drawn.party_head(number=0)

    assert layout.show_number(head, look_of(head)) == "Số       -BC/TU"


def test_the_last_sentence_ends_as_the_family_ends_documents():
    body = (Paragraph("body", (Run("Trên đây là báo cáo."),)),)
    party, state = look_of(drawn.party_head()), look_of(drawn.state_paper().head)

    assert layout.ended(body, party)[0].pieces[0].text == "Trên đây là báo cáo."
    assert layout.ended(body, state)[0].pieces[0].text == "Trên đây là báo cáo./."


def look_of(head):
    return layout.layout_for(family=head.family, date=head.date)
