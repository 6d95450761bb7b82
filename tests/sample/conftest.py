"""The sample in the books, loaded once for all tests of it."""

import pytest
from django.db import transaction
from django.test import override_settings

from lantoa.project.sample import load
from lantoa.warehouse import store


@pytest.fixture(scope="package")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """A smaller province with the same figures: what adds up does so at any size."""
    kept = tmp_path_factory.mktemp("media")
    media = override_settings(MEDIA=kept, MEDIA_ROOT=kept / "articles")
    with media, django_db_blocker.unblock():
        store.forget()
        with transaction.atomic():
            for _step in load.load(seed=2024, units=2_600):
                pass
            yield
            transaction.set_rollback(True)
        store.forget()
