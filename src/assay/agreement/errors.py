"""What an agreement cannot be computed from."""

from __future__ import annotations

from assay.exact import FieldError


class AgreementError(FieldError):
    """Input no agreement can be computed from; `field` says where (an index in brackets for a cell of a table)."""
