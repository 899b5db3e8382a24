"""The published schemas."""

import pytest

from assay.command import _COMMANDS
from assay.exact import FieldError
from assay.schemas import schemas_of


def test_every_command_has_two_schemas_that_refuse_unknown_fields():
    for command in (*_COMMANDS, "verify", "diff"):
        schemas = schemas_of(command)
        assert set(schemas) == {"input", "output"}
        assert schemas["input"]["title"].endswith("input")


def test_a_command_without_schemas_is_refused():
    with pytest.raises(FieldError, match=r"schema: must be followed by one of: .*severity"):
        schemas_of("judge")
