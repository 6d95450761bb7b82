"""What the web server loads. Any web server: a database set up to lose records is refused here too."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
application = get_wsgi_application()

from lantoa.project.checks import require_a_database_that_keeps  # noqa: E402 - after the set-up

require_a_database_that_keeps()
