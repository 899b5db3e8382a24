"""The site's own settings over a throw-away folder; set before anything reads them."""

import os
import tempfile

os.environ["PROBIERZ_VAR"] = tempfile.mkdtemp(prefix="probierz-tests-")
os.environ["PROBIERZ_SECRET_KEY"] = "only-for-tests-" + "x" * 50
os.environ["PROBIERZ_DEBUG"] = "0"
os.environ["PROBIERZ_DEMO"] = "0"
os.environ["PROBIERZ_MFA_REQUIRED_FOR"] = ""
os.environ["PROBIERZ_SITE_URL"] = "http://testserver"
os.environ["PROBIERZ_CLOCK_OFFSET_SECONDS"] = "0"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from probierz.config.settings import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Each test begins a journal of its own, so pages kept under its head would cross from test to test.
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}
