"""Settings: everything that differs between sites comes from the environment (see docs/operator.md)."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from probierz.config.secret import secret_key_in


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "tak"}


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


PACKAGE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("PROBIERZ_VAR", Path.cwd() / "var")).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = _flag("PROBIERZ_DEBUG", False)
DEMO = _flag("PROBIERZ_DEMO", False)
SECRET_KEY = os.environ.get("PROBIERZ_SECRET_KEY") or secret_key_in(VAR_DIR / "secret-key")
SITE_URL = os.environ.get("PROBIERZ_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
MAIL_DOMAIN = SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0]
ALLOWED_HOSTS = _words("PROBIERZ_ALLOWED_HOSTS", f"{MAIL_DOMAIN},localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = _words("PROBIERZ_TRUSTED_ORIGINS", SITE_URL)
CLOCK_OFFSET_SECONDS = int(os.environ.get("PROBIERZ_CLOCK_OFFSET_SECONDS", "0"))

ROOMS = [
    "portal",
    "awards",
    "results",
    "audits",
    "jury",
    "applications",
    "editions",
    "instruments",
    "institutions",
    "accounts",
    "base",
]

INSTALLED_APPS = [
    "probierz.config",
    *(f"probierz.{room}" for room in ROOMS),
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "probierz.base.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "probierz.base.middleware.RefusalMiddleware",
    "probierz.base.middleware.AudienceMiddleware",
]

ROOT_URLCONF = "probierz.config.urls"
WSGI_APPLICATION = "probierz.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "probierz.config.navigation.page_context",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "probierz.base.templatetags.look",
            ],
        },
    }
]

_database = dj_database_url.parse(
    os.environ.get("DATABASE_URL", f"sqlite:///{VAR_DIR / 'probierz.sqlite3'}"),
    conn_max_age=60,
    conn_health_checks=True,
)
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # An acknowledged save must survive a power cut, hence synchronous=FULL even with the write-ahead log.
    _database["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
    }
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {"user_attributes": ["email", "name"]}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/start/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "probierz.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "probierz.accounts.forms.SignupForm"
ACCOUNT_FORMS = {
    "login": "probierz.accounts.signin.SignInForm",
    "signup": "probierz.accounts.signin.SignUpForm",
    "request_login_code": "probierz.accounts.signin.CodeForm",
    "reset_password": "probierz.accounts.signin.ForgottenPasswordForm",
    "reset_password_from_key": "probierz.accounts.signin.NewPasswordForm",
    "change_password": "probierz.accounts.signin.ChangePasswordForm",
    "reauthenticate": "probierz.accounts.signin.ProofForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/5m/ip,5/5m/key",
    "signup": "20/h/ip",
    "reset_password": "20/h/ip,5/h/key",
    "request_login_code": "20/h/ip,6/h/key",
}
MFA_ADAPTER = "probierz.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Probierz"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
# Which audiences must show a second factor. The demo asks nobody, so that it can be clicked through.
MFA_REQUIRED_FOR = set(_words("PROBIERZ_MFA_REQUIRED_FOR", "" if DEMO else "office,juror"))

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", _("polski")), ("en", _("angielski"))]
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "probierz.base.assets.KeptAddresses"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

EMAIL_BACKEND = "probierz.base.demo_mailbox.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("PROBIERZ_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("PROBIERZ_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("PROBIERZ_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PROBIERZ_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _flag("PROBIERZ_SMTP_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PROBIERZ_MAIL_FROM", f"Probierz <noreply@{MAIL_DOMAIN}>")

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20000},
    },
    # Public pages, for a minute, in each process: see portal.views.caching.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    # Parts of the shells, each kept by everything that it depends on.
    "template_fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
_BEHIND_PROXY = _flag("PROBIERZ_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_PROXY else None
# Behind a proxy every visitor would otherwise share the proxy's address, and one rate limit.
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = "X-Real-IP" if _BEHIND_PROXY else None
RATELIMIT_IP_META_KEY = "HTTP_X_REAL_IP" if _BEHIND_PROXY else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# When the accessibility declaration was written and last reviewed, as 2025-09-17; empty: with the first edition.
ACCESSIBILITY_PREPARED_ON = os.environ.get("PROBIERZ_ACCESSIBILITY_PREPARED_ON", "")
ACCESSIBILITY_REVIEWED_ON = os.environ.get("PROBIERZ_ACCESSIBILITY_REVIEWED_ON", "")

SIGNATURE_TRUST_DIR = Path(os.environ.get("PROBIERZ_TRUST_DIR", VAR_DIR / "trust"))
UPLOAD_MAX_BYTES = 15 * 1024 * 1024
PHOTO_MAX_BYTES = 12 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "probierz": {"level": "INFO"},
        "django_tasks_db": {"level": "WARNING"},
        # An untrusted or broken signature is an answer to the person who uploaded it, not an event of the server.
        **{name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
    },
}
