"""Users: one per person, known by e-mail. What a user may do is a row in the room that grants it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from probierz.base.clock import now


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("adres e-mail"), unique=True)
    name = models.CharField(_("imię i nazwisko"), max_length=150)
    language = models.CharField(_("język"), max_length=5, default="pl", choices=[("pl", "polski"), ("en", "English")])
    is_staff = models.BooleanField(_("administrator techniczny"), default=False)
    is_active = models.BooleanField(_("aktywne"), default=True)
    date_joined = models.DateTimeField(default=now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("konto")
        verbose_name_plural = _("konta")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def journal_key(self) -> str:
        return str(self.key)

    @property
    def journal_name(self) -> str:
        return self.name

    @property
    def has_second_factor(self) -> bool:
        from allauth.mfa.utils import is_mfa_enabled

        return bool(is_mfa_enabled(self))


class Invitation(models.Model):
    """A link that grants a role. The room that grants it registers what acceptance does."""

    token_digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("adres e-mail"))
    name = models.CharField(_("imię i nazwisko"), max_length=150, blank=True)
    role = models.CharField(max_length=30)
    scope_key = models.CharField(max_length=80)
    scope_name = models.CharField(max_length=300)
    details = models.JSONField(default=dict, blank=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="invitations_sent")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("zaproszenie")
        verbose_name_plural = _("zaproszenia")

    def __str__(self) -> str:
        return f"{self.role}: {self.scope_name}"

    def is_open(self, moment: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and moment < self.expires_at
