from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "lantoa.project"

    def ready(self) -> None:
        from lantoa.practices import evidence
        from lantoa.project import checks  # noqa: F401 (registers the checks)
        from lantoa.work import watching

        watching.watch(evidence.record_changed)
