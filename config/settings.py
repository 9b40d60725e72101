"""All settings, from the environment. docs/operations.md lists each variable.

With nothing set this is a desk on one machine: embedded PostgreSQL and broker under var/, plain http on
127.0.0.1. A public desk sets PUBLIC_URL to its https address, and with it come secure cookies, HSTS and
the redirect to https.
"""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import celery, embedded, environment

# Imported with the settings, so that whatever process sends a task sends it to our broker.
celery_app = celery.app

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()

# Who we are, to readers and to the sites we read.
SITE_NAME = environment.text("SITE_NAME", "Plumbline")
PUBLIC_URL = environment.web_address("PUBLIC_URL", f"http://127.0.0.1:{environment.number('PORT', 8000)}")
CONTACT_EMAIL = environment.text("CONTACT_EMAIL")
# Whom to tell of a hole in this site, and what then: /.well-known/security.txt.
SECURITY_CONTACT = environment.contact("SECURITY_CONTACT", f"mailto:{CONTACT_EMAIL}" if CONTACT_EMAIL else "none")
SECURITY_POLICY = environment.page_address("SECURITY_POLICY")
# What others may do with our ClaimReview records.
DATA_LICENSE = environment.page_address("DATA_LICENSE", "https://creativecommons.org/licenses/by/4.0/")

# Security
SECRET_KEY = environment.secret("SECRET_KEY", kept_in=VAR_DIR / "secret-key")
SECRET_KEY_FALLBACKS = environment.listed("SECRET_KEY_FALLBACKS")  # earlier ones, still good for reading
DEBUG = environment.flag("DEBUG", default=False)
HTTPS = PUBLIC_URL.startswith("https://")
# 127.0.0.1 is always answered: health checks come from inside.
ALLOWED_HOSTS = [urlsplit(PUBLIC_URL).hostname or "", "127.0.0.1", "localhost", *environment.listed("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60  # a long shift
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "people.views.csrf_failure"
SECURE_SSL_REDIRECT = environment.flag("SECURE_SSL_REDIRECT", default=HTTPS)
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, over plain http
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
BEHIND_PROXY = environment.flag("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the icons in Django's own admin.css
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

# Parts
INSTALLED_APPS = [
    "people",
    "articles",
    "claims.apps.ClaimsConfig",
    "claims.apps.DeskConfig",  # django.contrib.admin with our AdminSite
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django_htmx",
    "ninja",  # for the files of the docs
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "claims.api.middleware.answer_programs",
    "people.middleware.refuse_nul",
    "people.languages.language_of_address",
    "claims.site.keeping.KeptPages",  # as early as can be: what is below is in the pages that it keeps
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "people.pages.keeping.KeepTyped",
    "people.middleware.DeskMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "people.context.site",
            ],
        },
    },
]

# Database, broker, cache. DATABASE_URL and REDIS_URL each win over the embedded service when set.
DATABASES = {
    "default": dj_database_url.parse(
        environment.text("DATABASE_URL", embedded.database_url()), conn_max_age=60, conn_health_checks=True
    )
}
# Plans that PostgreSQL keeps for a connection (claims.models.prepared); not where a pooler changes it.
if environment.flag("PREPARED_STATEMENTS", default=True):
    DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), "prepare_threshold": 1}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = environment.text("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL or embedded.broker_url()  # everything else about Celery: config/celery.py
PAGES_KEPT = environment.number("PAGES_KEPT", 500)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL or embedded.cache_url(),
        "KEY_PREFIX": "plumbline",
    },
    "pages": {  # in each web process: readers' pages as they were sent (docs/machines.md)
        "BACKEND": f"django.core.cache.backends.{'locmem.LocMemCache' if PAGES_KEPT else 'dummy.DummyCache'}",
        "LOCATION": "pages",
        "TIMEOUT": 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": PAGES_KEPT},
    },
}

# People
AUTH_USER_MODEL = "people.User"
LOGIN_URL = "admin:login"
# People who publish and administrators get no further than setting up a second factor until they have one.
REQUIRE_SECOND_FACTOR = environment.flag("REQUIRE_SECOND_FACTOR", default=HTTPS)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Letters to people. Without a mail server they are written to the log of the web process.
EMAIL_HOST = environment.text("EMAIL_HOST")
EMAIL_SECURITY = environment.choice("EMAIL_SECURITY", ("starttls", "tls", "none"))
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_PORT = environment.number("EMAIL_PORT", {"starttls": 587, "tls": 465, "none": 25}[EMAIL_SECURITY])
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_TIMEOUT = 5  # seconds: some letters are sent while somebody waits
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text(
    "EMAIL_FROM", CONTACT_EMAIL or f"plumbline@{urlsplit(PUBLIC_URL).hostname}"
)

# Languages and time
LANGUAGES = [("en", _("English")), ("ar", _("Arabic"))]  # each with its catalogue in locale/
LANGUAGE_CODE = environment.choice("SITE_LANGUAGE", ("en", "ar"))  # the desk writes in it; its pages have no prefix
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = environment.text("TIME_ZONE", "UTC")
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(VAR_DIR / "static")))
# `make run` serves static/ as it lies; a deployment collects it first.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(VAR_DIR / "media")))  # kept bytes; served to nobody
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_500  # a verdict with 100 sources
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024  # 5,000,000 characters of pasted text, in UTF-8 and form encoding

# How long a worker is left alone with an article or a text before the sweep hands it to another one, in seconds;
# for a text, one second more for each 5,000 characters.
LEASE_SECONDS = environment.number("LEASE_SECONDS", 60)

# Articles
ARTICLE_MAX_BYTES = 10 * 1024 * 1024
FETCH_PRIVATE_HOSTS = environment.listed("FETCH_PRIVATE_HOSTS")  # "host:port" of your own network; none by default
FETCH_USER_AGENT = f"{SITE_NAME} (+{PUBLIC_URL}/about/)"

# What one network address may ask in a minute: of the API, and of the search.
SEARCHES_A_MINUTE = environment.number("SEARCHES_A_MINUTE", 60)
API_REQUESTS_A_MINUTE = environment.number("API_REQUESTS_A_MINUTE", 120)

# Sessions live in the database: a broker that was emptied logs nobody out.
SESSION_ENGINE = "django.contrib.sessions.backends.db"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": environment.text("LOG_LEVEL", "WARNING").upper()},
    "loggers": {name: {"level": "INFO"} for name in ("articles", "claims", "people")},
}
