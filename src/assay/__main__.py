"""`python -m assay COMMAND [FILE]`."""

import sys

from assay.command import main

sys.exit(main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer, sys.stderr))
