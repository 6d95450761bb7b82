"""What the web server loads. Any web server: a database set up to lose records is refused here too."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - after the set-up

from lantoa.project.checks import require_a_database_that_keeps  # noqa: E402

require_a_database_that_keeps()

# All pages are read now rather than at somebody's first click. What stands then stays for good: looking through its
# quarter of a million objects for rubbish would hold up every thirtieth page by 0,17 s.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
