"""`python -m assay COMMAND [FILE]`."""

import io
import os
import sys

from assay.command import main


def _run() -> int:
    """One command on the process's own streams; an output that cannot be written is told in one line."""
    source = sys.stdin.buffer if sys.stdin else io.BytesIO()
    err = sys.stderr or io.StringIO()
    if not sys.stdout:
        err.write("output: is closed\n")
        return 1
    try:
        code = main(sys.argv[1:], source, sys.stdout.buffer, err)
        sys.stdout.flush()
    except OSError as problem:
        # What is still buffered would fail again when Python closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        err.write(f"output: {problem.strerror or 'cannot be written'}\n")
        return 1
    return code


if __name__ == "__main__":
    sys.exit(_run())
