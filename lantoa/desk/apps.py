from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "lantoa.desk"

    def ready(self) -> None:
        from lantoa.desk import (
            staying,  # noqa: F401 (listens for those who enter)
            writing,
        )

        writing.prepare()
