"""The first article of the sample tells the figures of the article it starts from, as doors to the sample's records."""

import pytest

from lantoa.articles import figures, words
from lantoa.articles.models import ArticlePage

TOLD = {
    "1.103 hội nghị trực tiếp": 1_103,
    "35.992 lượt người": 35_992,
    "21 hội nghị trực tuyến": 21,
    "312 điểm cầu": 312,
    "8.284 lượt người": 8_284,
    "499 chi hội": 499,
    "20.000 người": 20_000,
    "71 mô hình, phần việc, cách làm": 71,
    "27 điển hình": 27,
    "1.428 điển hình": 1_428,
}


@pytest.fixture
def quoted(sample):
    article = ArticlePage.objects.get(slug="cao-bang-mot-nam-hoc-di-doi-voi-lam")
    return [each for markup in words.prose(article.body) for each in figures.quoted(markup)]


def test_every_figure_of_the_article_stands_in_it_and_opens(quoted):
    said = figures.read(question for question, _words in quoted)

    assert {words.stripped(written): said[question].value for question, written in quoted} == TOLD


def test_no_figure_of_any_article_is_unknown(sample):
    unknown = []
    for article in ArticlePage.objects.live():
        for markup in words.prose(article.body):
            asked = dict(figures.quoted(markup))
            said = figures.read(asked)
            unknown += [
                (article.slug, each)
                for each in asked
                if each not in said or said[each].value is None
            ]

    assert unknown == []
