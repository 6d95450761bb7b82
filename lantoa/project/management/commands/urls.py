"""`lantoa urls`: every route with what it needs. With --json, one object a route, and who may do each act."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from lantoa.orgs import rights
from lantoa.project.routes import routes


class Command(BaseCommand):
    help = "Các địa chỉ và quyền cần có / The routes, and what each needs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: object, json: bool, **options: object) -> None:
        found = routes()
        self.stdout.write(_as_json() if json else _as_lines())
        undeclared = [route.address for route in found if not route.needs]
        if undeclared:
            raise CommandError("undeclared: " + ", ".join(undeclared))


def _as_json() -> str:
    acts = {act: sorted(each.roles) for act, each in rights.ACTS.items()}
    said = {"routes": [route._asdict() for route in routes()], "acts": acts}
    return json.dumps(said, ensure_ascii=False, indent=1)


def _as_lines() -> str:
    width = max(len(route.needs) for route in routes())
    return "\n".join(f"{route.needs:{width}}  {route.address}" for route in routes())
