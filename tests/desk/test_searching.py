"""A list that is searched keeps the order that was asked for: the address holds it, and no box of the search does."""

import pytest
from django.urls import reverse
from lxml import html

from lantoa.orgs.models import Post
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["awards", "inspections", "findings", "movements", "practices"])
def test_a_search_keeps_the_order_of_the_list(world, entered, settings, name):
    settings.NOW = make.NOON
    client = entered(world["TU"], Post.Role.LEADER, line=world.party)

    page = html.fromstring(client.get(reverse(f"desk:{name}"), {"xep": "ten"}).content)

    [form] = page.xpath("//main//form[@role='search']")
    assert dict(form.form_values())["xep"] == "ten"
