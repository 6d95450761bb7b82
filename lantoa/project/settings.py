"""Django's settings. Every environment variable read here stands in env.sample."""

import datetime as dt
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

env = Env()

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lantoa"


def version() -> str:
    """The newest heading of CHANGELOG.md, so that the version lives in one place."""
    found = re.search(r"^## v(\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else "0"


def origin(address: str) -> str:
    """`https://sso.example` of `https://sso.example/realms/tinh`."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


VERSION = version()
VAR = Path(env.str("LANTOA_VAR", str(ROOT / "var")))
DEBUG = env.bool("LANTOA_DEBUG", False)
SECRET_KEY = env.str("LANTOA_SECRET_KEY", "")
IS_DEMO = not SECRET_KEY
if IS_DEMO:
    # Without a key only the sample province runs: it has no accounts and no secrets (a check says so).
    SECRET_KEY = "the-sample-province-has-no-secrets-and-no-accounts"  # noqa: S105
# One moment that the pages take for now, so that a harness reads the same page twice. Never with real data.
NOW = env.datetime("LANTOA_NOW", None) if IS_DEMO and env.str("LANTOA_NOW", "") else None
ALLOWED_HOSTS = env.list("LANTOA_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
# Where people open the site, for links in what goes out: https://hoi.example
ADDRESS = env.str("LANTOA_ADDRESS", "").rstrip("/")
# How many proxies of ours stand before the site: the last of them ends the encryption and says so.
PROXIES = env.int("LANTOA_PROXIES", 0)
SITE_TITLE = env.str("LANTOA_SITE_TITLE", "Học và Làm theo Bác")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "template_partials",
    "lantoa.orgs",
    "lantoa.ledger",
    "lantoa.plans",
    "lantoa.work",
    "lantoa.practices",
    "lantoa.inspections",
    "lantoa.submissions",
    "lantoa.awards",
    "lantoa.enquiries",
    "lantoa.warehouse",
    "lantoa.reports",
    "lantoa.articles",
    "lantoa.look",
    "lantoa.desk",
    "lantoa.portal",
    "lantoa.project",
    # After the desk, whose templates take the place of theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    # What editors write with. No embeds: nothing is fetched from an address that somebody typed.
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lantoa.desk.staying.Stays",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "lantoa.project.urls"
WSGI_APPLICATION = "lantoa.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "lantoa.look.context.site",
            ],
        },
    }
]

# RELIABILITY D1: a lost database must not lose an acknowledged record. lantoa.project.checks reads this back.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
DATABASES = {"default": env.dj_db_url("LANTOA_DATABASE_URL", f"sqlite:///{VAR / 'lantoa.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    # A file, as in life: in memory there is no write-ahead log, and no second writer.
    # One of its own for each run of the tests: two people may test at once.
    DATABASES["default"]["TEST"] = {"NAME": VAR / f"test-{os.getpid()}.sqlite3"}
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Opening one anew for each request costs about an eighth of the request.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SEGMENTS = Path(env.str("LANTOA_SEGMENTS", str(VAR / "segments")))
# Photos and papers of records: outside the web root, served by a page that asks for rights.
MEDIA = Path(env.str("LANTOA_MEDIA", str(VAR / "media")))

# After so many months without a record that shows it, a practice that goes on is called silent.
SILENT_MONTHS = env.int("LANTOA_SILENT_MONTHS", 6)

# Citizens' words are sealed with the first of these and opened with any; without one, with the secret key.
TEXT_KEYS: list[str] = env.list("LANTOA_TEXT_KEYS", [])
# Working days within which a question is to be answered, by its topic.
ANSWER_DAYS = env.dict(
    "LANTOA_ANSWER_DAYS", {"an-ninh": 3, "thu-tuc": 5, "khac": 5}, subcast_values=int
)
# A published answer that so many people have asked for is one of those asked often.
ASKED_OFTEN = env.int("LANTOA_ASKED_OFTEN", 3)
# The Zalo Official Account: what its developers' page says. Without a secret every delivery is refused. The sample speaks
# with the double of Zalo (`lantoa zalo fake`), whose secrets everybody knows.
ZALO_APP = env.str("LANTOA_ZALO_APP", "") or ("360846524940903967" if IS_DEMO else "")
ZALO_APP_SECRET = env.str("LANTOA_ZALO_APP_SECRET", "") or ("app-secret" if IS_DEMO else "")
ZALO_OA = env.str("LANTOA_ZALO_OA", "") or ("388613280878808645" if IS_DEMO else "")
ZALO_SECRET = env.str("LANTOA_ZALO_SECRET", "") or ("oa-secret" if IS_DEMO else "")
_DOUBLE = "127.0.0.1:8090"
ZALO_API = env.str("LANTOA_ZALO_API", "") or (
    f"http://{_DOUBLE}" if IS_DEMO else "https://openapi.zalo.me"
)
ZALO_OAUTH = env.str("LANTOA_ZALO_OAUTH", "") or (
    f"http://{_DOUBLE}" if IS_DEMO else "https://oauth.zaloapp.com"
)
# The event by which Zalo passes on that somebody wants their data deleted, as the developers' page names it.
ZALO_FORGET_EVENT = env.str("LANTOA_ZALO_FORGET_EVENT", "")
# Hosts, and all below them, from which files that citizens send are fetched.
ZALO_FILE_HOSTS = env.list(
    "LANTOA_ZALO_FILE_HOSTS", ["zadn.vn", "zdn.vn", "zalo.me", "zaloapp.com"]
)
# Of the sample only: a double of Zalo on this machine, as host:port.
ZALO_INSIDE: list[str] = env.list("LANTOA_ZALO_INSIDE", [_DOUBLE]) if IS_DEMO else []
# So many days after its last word, the words of a question are forgotten.
ENQUIRY_KEPT = dt.timedelta(days=env.int("LANTOA_ENQUIRY_DAYS", 365))

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["lantoa.look.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Pictures and papers of articles: public, and served by a page of the portal under names that never change.
MEDIA_ROOT, MEDIA_URL = MEDIA / "articles", "/tep/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lantoa.look.storage.TogetherStorage"},
}
WHITENOISE_USE_FINDERS = True

# The work area. Its cookies are sent to its own addresses only: a reader of the public pages gets none.
WORK_PATH = "/lam-viec/"
AUTH_USER_MODEL = "orgs.Account"
AUTHENTICATION_BACKENDS = ["lantoa.desk.accounts.EnterByPassword"]
LOGIN_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LOGIN_REDIRECT_URL = WORK_PATH
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = WORK_PATH
SESSION_ENGINE = "lantoa.project.sessions"
MESSAGE_STORAGE = "lantoa.desk.said.Said"
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "phien", "dau"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_DEMO
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "lantoa.desk.views.errors.csrf_failure"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
ACCOUNT_ADAPTER = "lantoa.desk.accounts.ByInvitationOnly"
ACCOUNT_FORMS = {"login": "lantoa.desk.forms.entering.EnterForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# How long a login lasts (lantoa.desk.staying). A box at the login page says "a phone of my own": LOGIN_TRUSTED.
LOGIN_IDLE = dt.timedelta(minutes=env.int("LANTOA_IDLE_MINUTES", 30))
# Where they said that others use this machine too.
LOGIN_SHARED = dt.timedelta(minutes=env.int("LANTOA_SHARED_MINUTES", 15))
LOGIN_LONGEST = dt.timedelta(hours=env.int("LANTOA_LONGEST_HOURS", 12))
LOGIN_TRUSTED = dt.timedelta(days=30)
# Activity is written down at most once in LOGIN_NOTED; a page warns in the last LOGIN_WARNING.
LOGIN_NOTED = LOGIN_WARNING = dt.timedelta(seconds=60)
ACCOUNT_SESSION_REMEMBER = None
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = int(LOGIN_TRUSTED.total_seconds())
ACCOUNT_RATE_LIMITS = {
    # A whole office may sit behind one address, and enter on the day of the deadline.
    "login": "600/m/ip",
    "login_failed": "60/m/ip,300/h/ip,5/5m/key",  # key: an account from one network, or from a browser that knows it
    "login_failed_anywhere": "50/h/key",  # key: an account, from all browsers that do not know it
    "invitation": "30/m/ip",
    # Citizens: a question of one's own, and looking at it; a school may sit behind one address.
    "ask": "10/m/ip,60/h/ip",
    "follow": "120/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SOCIALACCOUNT_ADAPTER = "lantoa.desk.accounts.KnownPeopleOnly"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEMO
MFA_TOTP_ISSUER = SITE_TITLE
# Single sign-on (OpenID Connect): only where a server is named.
OIDC_SERVER = env.str("LANTOA_OIDC_SERVER", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": env.str("LANTOA_OIDC_NAME", "") or "SSO",
                "client_id": env.str("LANTOA_OIDC_CLIENT", ""),
                "secret": env.str("LANTOA_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
# What editors write with (Wagtail). It knows nothing of the world outside, and says nothing to it.
EDITING_PATH = f"{WORK_PATH}bien-tap/"
WAGTAIL_SITE_NAME = SITE_TITLE
WAGTAILADMIN_BASE_URL = env.str("LANTOA_ADDRESS", "") or "http://localhost:8000"
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES[:1]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]  # never SVG: it may hold scripts
# A photo weighs a quarter less than with Wagtail's 80, and looks the same on a phone.
WAGTAILIMAGES_WEBP_QUALITY = 70
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "mp3", "m4a", "ogg", "csv"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Readers' stars: shown from so many votes on; so many from one address count at once for an article a day, and in an
# hour for all articles. Votes beyond are kept until an editor counts or drops them.
RATING_FEWEST = env.int("LANTOA_RATING_FEWEST", 5)
RATING_FROM_ADDRESS = env.int("LANTOA_RATING_FROM_ADDRESS", 5)
RATING_IN_AN_HOUR = env.int("LANTOA_RATING_IN_AN_HOUR", 60)
# An article is drawn by a door; the room that keeps it knows the door by this name only.
ARTICLE_DOOR = "lantoa.portal.views.news.drawn"
# Counted across all processes (allauth's limits): a cache of a process's own would multiply the guesses.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

# Mail goes out only where a server is named; elsewhere it is printed.
HAS_MAIL = bool(env.str("LANTOA_MAIL_URL", ""))
_mail = env.dj_email_url("LANTOA_MAIL_URL", "console:") if HAS_MAIL else {}
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST", ""), _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("LANTOA_MAIL_FROM", "") or "lantoa@localhost"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if PROXIES and ADDRESS.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT, SECURE_SSL_HOST = True, urlsplit(ADDRESS).netloc
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by the proxy itself
    SECURE_HSTS_SECONDS = int(dt.timedelta(days=730).total_seconds())
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        # A form that leads to the single sign-on is sent on to its server.
        "form-action": ["'self'", *([origin(OIDC_SERVER)] if OIDC_SERVER else [])],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": ["'self'"],
    }
}
