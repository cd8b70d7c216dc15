"""All settings, from the environment. Nothing need be set for the command line but a database.

Each secret may also come from a file named by the same variable with _FILE after it. A wrong value
stops the program with one sentence that says which variable and what is wrong.
"""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

from samnarvaro.kernel.access import Role
from samnarvaro.project import logging_setup, mail_server
from samnarvaro.project.environment import (
    YES_NO,
    WrongSetting,
    env,
    read,
    secret,
    some_of,
    whole_number,
)

HERE = Path(__file__).resolve()
CHECKOUT = HERE.parents[3]
MOST_GUESSABLE = 32  # a shorter key can be tried out


def _data_dir() -> Path:
    root = CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()
    return Path(os.environ.get("SAMNARVARO_DATA_DIR") or root / "var").resolve()


DATA_DIR = _data_dir()


def _kept_secret_key() -> str:
    """Return the key of this installation; the first start makes it."""
    if key := secret("SAMNARVARO_SECRET_KEY"):
        return key
    kept = DATA_DIR / "secret-key"
    try:
        if not kept.exists():
            DATA_DIR.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(50))
        return kept.read_text().strip()
    except FileExistsError:
        return kept.read_text().strip()
    except OSError as error:
        raise WrongSetting(
            f"Det går inte att skriva nyckeln i {DATA_DIR}. "
            "Sätt SAMNARVARO_DATA_DIR till en mapp som går att skriva i."
        ) from error


SECRET_KEY = _kept_secret_key()
DEMO = bool(read(env.bool, "DEMO", False, YES_NO))
DEBUG = False
PORT = int(read(env.int, "PORT", 8000, "Skriv ett portnummer, till exempel 8000."))
ALLOWED_HOSTS = read(
    env.list, "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"], "Skriv namn med komma emellan."
)
# Who runs the installation, and where people write when something on a page is in their way.
OPERATOR = os.environ.get("SAMNARVARO_OPERATOR", "")
ACCESSIBILITY_MAIL = os.environ.get("SAMNARVARO_ACCESSIBILITY_MAIL", "")
UPLOAD_MB = int(read(env.int, "UPLOAD_MB", 500, "Skriv hur många megabyte en fil får vara."))
if UPLOAD_MB < 1:
    raise WrongSetting("SAMNARVARO_UPLOAD_MB: en fil måste få vara minst en megabyte.")
HTTPS = bool(read(env.bool, "HTTPS", False, YES_NO))
if DEMO and HTTPS:
    raise WrongSetting("SAMNARVARO_DEMO går inte ihop med SAMNARVARO_HTTPS: demon är för prov.")
# On https a browser takes a cookie with this prefix from this very host alone, over https alone.
HOST_ONLY = "__Host-" if HTTPS else ""
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []


def _database() -> dict[str, Any]:
    url = secret("SAMNARVARO_DATABASE_URL")
    if not url:
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{DATA_DIR / 'samnarvaro.sqlite3'}"
    os.environ["SAMNARVARO_DATABASE_URL_READ"] = url
    try:
        config = dict(env.dj_db_url("DATABASE_URL_READ"))
    except Exception as error:
        raise WrongSetting(
            "SAMNARVARO_DATABASE_URL går inte att tyda. Skriv till exempel "
            "sqlite:////mapp/fil.sqlite3 eller postgres://namn:lösen@värd:5432/databas."
        ) from error
    finally:
        del os.environ["SAMNARVARO_DATABASE_URL_READ"]
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=FILE; PRAGMA cache_size=-65536;"
            ),
        }
    elif config["ENGINE"].endswith("postgresql"):
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "options": "-c jit=off"}
        # Kept between requests: what a connection has planned of the second wall is kept with it.
        # As whom it asks ends with each request's transaction (base/wall.py).
        config |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    else:
        raise WrongSetting("SAMNARVARO_DATABASE_URL: bara sqlite och postgres kan användas.")
    return config


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    # Our own before the packages: our templates stand in front of theirs.
    "samnarvaro.project",
    "samnarvaro.base",
    "samnarvaro.audit",
    "samnarvaro.organisation",
    "samnarvaro.people",
    "samnarvaro.consents",
    "samnarvaro.notes",
    "samnarvaro.messages",
    "samnarvaro.worklist",
    "samnarvaro.attendance",
    "samnarvaro.staircase",
    "samnarvaro.followup",
    "samnarvaro.outreach",
    "samnarvaro.mapping",
    "samnarvaro.cases",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_structlog",
    "django_tasks",
    "django_tasks_db",
]
AUTH_USER_MODEL = "people.Account"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "samnarvaro.project.middleware.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "samnarvaro.project.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "samnarvaro.project.middleware.TodayMiddleware",
    "samnarvaro.project.middleware.SittingMiddleware",
    "samnarvaro.project.middleware.ScopeMiddleware",
    "samnarvaro.project.middleware.WallMiddleware",
]
ROOT_URLCONF = "samnarvaro.project.urls"
WSGI_APPLICATION = "samnarvaro.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samnarvaro.project.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "samnarvaro.base.forms.Renderer"
# A cookie would carry the words of a message, and with them names, to the browser.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "svenska"), ("en", "English")]
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}samnarvaro_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [HERE.parent / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from where they lie; nothing has to be collected first
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600


_mail = mail_server.of_environment("SAMNARVARO_EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.uses_tls, _mail.uses_ssl
HAS_MAIL = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("SAMNARVARO_EMAIL_FROM") or "Samnärvaro <noreply@localhost>"
# Where people reach the installation: stands in mail.
ADDRESS = (
    os.environ.get("SAMNARVARO_ADDRESS")
    or (f"https://{ALLOWED_HOSTS[0]}" if HTTPS else f"http://localhost:{PORT}")
).rstrip("/")
DIGEST = bool(read(env.bool, "DIGEST", HAS_MAIL, YES_NO)) and not DEMO
if DIGEST and not HAS_MAIL:
    raise WrongSetting("SAMNARVARO_DIGEST: veckobrevet behöver också SAMNARVARO_EMAIL_URL.")
# The read log: where checkpoints of its chain are written and mailed, and the keys that mark its
# seals, the newest first. Both belong elsewhere than the database.
CHECKPOINT_FOLDER = Path(
    os.environ.get("SAMNARVARO_CHECKPOINT_FOLDER") or DATA_DIR / "checkpoints"
).resolve()
CHECKPOINT_MAIL = os.environ.get("SAMNARVARO_CHECKPOINT_MAIL", "")
if CHECKPOINT_MAIL and not HAS_MAIL:
    raise WrongSetting("SAMNARVARO_CHECKPOINT_MAIL behöver också SAMNARVARO_EMAIL_URL.")
SEAL_KEYS = [key.encode() for key in secret("SAMNARVARO_SEAL_KEY").replace(",", " ").split()]
if any(len(key) < MOST_GUESSABLE for key in SEAL_KEYS):
    raise WrongSetting(
        f"SAMNARVARO_SEAL_KEY: en nyckel ska ha minst {MOST_GUESSABLE} tecken, utan blanksteg."
    )

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "project_cache",
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_ADAPTER = "samnarvaro.project.signin.adapters.Entrance"
# A whole town hall may sit behind one address, and all of it sign in at eight: the count for an
# account is what stops who guesses. login_failed counts codes as well as passwords.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "reauthenticate": "10/5m/user",
    "change_password": "5/5m/user",
    "survey_code": "60/m/ip",  # wrong ones: a class behind one address may mistype
}
# Behind the proxy everybody would else have the same address, and one person's tries stop all.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
# Who must have a second factor, by what they do. In the demo nobody: one presses a name there.
SECOND_FACTOR_ROLES = some_of(
    "SECOND_FACTOR", "none" if DEMO else "all", [role.value for role in Role]
)
MFA_ADAPTER = "samnarvaro.project.signin.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}  # nothing of it can be guessed
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Samnärvaro"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks differ; that a code is used once is our own form's
MFA_FORMS = {
    "authenticate": "samnarvaro.project.signin.forms.Code",
    "reauthenticate": "samnarvaro.project.signin.forms.CodeAgain",
    "activate_totp": "samnarvaro.project.signin.forms.FirstCode",
    "add_webauthn": "samnarvaro.project.signin.forms.NewPasskey",
    "authenticate_webauthn": "samnarvaro.project.signin.forms.Passkey",
    "reauthenticate_webauthn": "samnarvaro.project.signin.forms.PasskeyAgain",
    "login_webauthn": "samnarvaro.project.signin.forms.PasskeyAlone",
}
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# How long a sign-in lasts when nobody does anything, and in all; base.sessions holds to it.
SIGN_IN_IDLE = timedelta(minutes=whole_number("IDLE_MINUTES", 240 if DEMO else 15, 5, 240))
SIGN_IN_WHOLE = timedelta(hours=whole_number("SIGN_IN_HOURS", 24 if DEMO else 10, 1, 24))
if SIGN_IN_WHOLE < SIGN_IN_IDLE:
    raise WrongSetting("SAMNARVARO_SIGN_IN_HOURS måste vara minst så långt som IDLE_MINUTES.")
SESSION_ENGINE = "samnarvaro.base.sessions"
SESSION_COOKIE_AGE = int(SIGN_IN_WHOLE.total_seconds())
SESSION_COOKIE_NAME = f"{HOST_ONLY}samnarvaro"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "samnarvaro.project.web.entrance.stale_form"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["samnarvaro.base.uploads.Handler"]

DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = "public"

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = logging_setup.of(demo=DEMO)
