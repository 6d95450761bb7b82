"""A paper is kept as JSON and read back the same."""

import json

from lantoa.reports import paper as papers
from tests.reports import drawn


def test_a_paper_comes_back_from_json_as_it_was():
    paper = drawn.paper()

    kept = json.dumps(papers.as_json(paper))

    assert papers.from_json(json.loads(kept)) == paper


def test_a_draft_without_a_seal_comes_back_without_one():
    paper = drawn.paper(seal=None)

    assert papers.from_json(papers.as_json(paper)).seal is None


def test_a_figure_in_several_places_is_one_figure():
    found = papers.figures(drawn.paper())

    assert found == {drawn.HELD.key: drawn.HELD, drawn.HEADS.key: drawn.HEADS}
