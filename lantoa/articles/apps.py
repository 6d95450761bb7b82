"""The room of articles, and what it does when Wagtail says that one was published."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "lantoa.articles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.images.models import Image
        from wagtail.signals import page_published

        from lantoa.articles import publishing
        from lantoa.articles.models import ArticlePage

        page_published.connect(publishing.on_published, sender=ArticlePage)
        post_save.connect(publishing.on_photo_saved, sender=Image)
