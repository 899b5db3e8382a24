"""The answer of a rule: allowed or not, and why, in words for the person who asked."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


class NotAllowed(Exception):
    """A typed refusal. `code` is for programs, `message` for people; nothing was changed."""

    def __init__(self, code: str, message: str | Promise = "") -> None:
        super().__init__(code)
        self.code = code
        self.message = message or code


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    code: str = ""
    message: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        if not self.allowed:
            raise NotAllowed(self.code, self.message)


YES = Verdict(True)


def no(code: str, message: str | Promise) -> Verdict:
    return Verdict(False, code, message)
