"""Django's settings, from the environment. ``docs/reference/settings.md`` lists the variables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from satuhati.web import environment as env

DATA = env.data_folder()
DEBUG = env.flag("SATUHATI_DEBUG")
TLS = env.flag("SATUHATI_TLS")
if DEBUG and TLS:
    raise ImproperlyConfigured(
        "SATUHATI_DEBUG shows the server's insides to everybody: set it to 0 behind TLS."
    )
SECRET_KEY = env.secret_key(DATA)
ADDRESS = env.address("SATUHATI_ADDRESS", tls=TLS)
"""The address people reach the server at, for links sent by WhatsApp and e-mail."""

HOSTS = env.hosts("SATUHATI_HOSTS")
ALLOWED_HOSTS = [*HOSTS, "localhost", "127.0.0.1", "[::1]"]
if TLS and not HOSTS:
    raise ImproperlyConfigured(
        "SATUHATI_HOSTS is missing: behind TLS name the host people reach the server by."
    )
CSRF_TRUSTED_ORIGINS = [f"https://{h.lstrip('.')}" for h in HOSTS] if TLS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "satuhati.web",
]

MIDDLEWARE = [
    "satuhati.web.tenancy.middleware.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "satuhati.web.openrosa.middleware.Devices",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, so that lengths tell nothing
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "satuhati.web.tenancy.middleware.Idle",
    "satuhati.web.tenancy.middleware.Language",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "satuhati.web.tenancy.middleware.CommunityScope",
]

ROOT_URLCONF = "satuhati.web.urls"
WSGI_APPLICATION = "satuhati.web.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "NAME": "jinja2",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "satuhati.web.jinja.environment",
            "context_processors": ["satuhati.web.jinja.page_context"],
        },
    },
    {
        # For the templates of the sign-in library that we do not replace.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------
# SQLite: IMMEDIATE takes the write lock at once, so that nobody meets "database is locked" in the
# middle of a transaction; FULL survives a power cut.
SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / env.DATABASE_FILE,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
    "CONN_MAX_AGE": None,
}


def _database() -> dict[str, Any]:
    url = env.text("DATABASE_URL")
    if not url:
        return SQLITE
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        raise ImproperlyConfigured(
            "DATABASE_URL cannot be read: postgres://user:password@host:port/name."
        ) from None
    if found["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(
            "DATABASE_URL must name PostgreSQL; without it the program keeps its own SQLite file."
        )
    # The pool of psycopg holds the connections, so Django must not keep them itself.
    found["CONN_MAX_AGE"] = 0
    if not found.get("NAME"):
        raise ImproperlyConfigured(
            "DATABASE_URL names no database: postgres://user:password@host:port/name."
        )
    found.setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": 16, "timeout": 20}
    return found


DATABASES = {"default": _database()}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # The usual 300 would push out lists being looked over, and forms just taken.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

# --- Jobs -------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
UPLOADS = DATA / env.UPLOADS_FOLDER

# --- People -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "web.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "start"

ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "satuhati.web.accounts.adapters.AccountAdapter"
MFA_ADAPTER = "satuhati.web.accounts.adapters.MFAAdapter"
MFA_REAUTHENTICATION_REQUIRED = False
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not TLS

LINK_DAYS = env.whole("SATUHATI_LINK_DAYS", 180, low=1, high=730)
"""How long a personal link lives."""

# --- Mail: to the screen until a server is named -----------------------------------------------
EMAIL_HOST = env.text("SATUHATI_MAIL_HOST")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "satuhati.web.accounts.mail.FolderBackend"
)
EMAIL_PORT = env.whole("SATUHATI_MAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = env.text("SATUHATI_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("SATUHATI_MAIL_PASSWORD")
if EMAIL_HOST_USER and not EMAIL_HOST_PASSWORD:
    raise ImproperlyConfigured("SATUHATI_MAIL_PASSWORD is missing: SATUHATI_MAIL_USER needs one.")
EMAIL_USE_TLS = EMAIL_PORT != 25
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("SATUHATI_MAIL_FROM", "satuhati@localhost")

# --- Safety -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "satuhati.web.home.failures.csrf"
if TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
MAX_UPLOAD_MB = env.whole("SATUHATI_MAX_UPLOAD_MB", 50, low=1, high=2000)

# --- Languages, time, files ---------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG

# --- Logs: structured, and without anybody in them ------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "satuhati.web.logs.JsonFormatter"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
    "loggers": {
        "satuhati": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
