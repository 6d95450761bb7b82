"""What is written for the public: sections, articles, what they quote of the books, and where they stood before."""

from lantoa.articles.models.pages import (
    ArticlePage,
    ArticleTag,
    Attachment,
    ChangeNote,
    HomePage,
    SectionPage,
)
from lantoa.articles.models.ratings import Rating, RatingKey, RatingSalt
from lantoa.articles.models.traces import FrozenFigure, OldAddress

__all__ = [
    "ArticlePage",
    "ArticleTag",
    "Attachment",
    "ChangeNote",
    "FrozenFigure",
    "HomePage",
    "OldAddress",
    "Rating",
    "RatingKey",
    "RatingSalt",
    "SectionPage",
]
