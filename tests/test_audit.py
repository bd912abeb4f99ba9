"""`make audit` says what a database answered, and nothing is well because nobody answered."""

import http.server
import json
import os
import subprocess
import sys
import threading

import pytest

from helpers import data
from helpers.machinery import audit

FLAW = {
    "id": "TEST-1",
    "summary": "",
    "details": "",
    "aliases": [],
    "affected": [{"ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "9999"}]}]}],
}


class Database(http.server.BaseHTTPRequestHandler):
    """Answers questions of the form of OSV: jinja2 has a flaw if the path says so, and /broken
    answers nothing.
    """

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["package"]
        flaws = (
            [FLAW | {"affected": [FLAW["affected"][0] | {"package": asked}]}]
            if self.path == "/flawed" and asked["name"] == "jinja2"
            else []
        )
        body = json.dumps({"vulns": flaws} if flaws else {}).encode()
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def database():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Database) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def audited(address: str) -> subprocess.CompletedProcess:
    chosen = {"PIP_AUDIT_VULNERABILITY_SERVICE": "osv", "PIP_AUDIT_OSV_URL": address}
    return subprocess.run(
        [sys.executable, "-m", "helpers.machinery.audit"],
        cwd=data.ROOT,
        env=os.environ | chosen,
        capture_output=True,
        text=True,
    )


def test_a_lock_without_known_flaws_passes_and_every_package_was_asked_for(database):
    run = audited(f"{database}/sound")
    pins = {
        line.split("==")[0]
        for line in audit.LOCK.read_text("utf-8").splitlines()
        if "==" in line and " ; " not in line
    }
    assert (run.returncode, run.stderr) == (0, "")
    assert int(run.stdout.split()[0]) >= len(pins)


def test_a_known_flaw_is_named_with_the_version_that_mends_it(database):
    run = audited(f"{database}/flawed")
    assert run.returncode == 1
    assert "jinja2 " in run.stderr
    assert "TEST-1, mended in 9999" in run.stderr


def test_a_database_that_answers_nothing_has_an_exit_code_of_its_own(database):
    run = audited(f"{database}/broken")
    assert run.returncode == audit.UNANSWERED
    assert "no database of vulnerabilities was reached" in run.stderr
    assert "Traceback" not in run.stderr


def test_packages_that_the_database_does_not_know_are_not_called_sound():
    answer = {
        "dependencies": [
            {"name": "a", "version": "1", "vulns": []},
            {"name": "b", "skip_reason": "not found"},
        ]
    }
    code, lines = audit.told(json.dumps(answer))
    assert code == audit.UNANSWERED
    assert lines[-1] == "no answer for 1 packages (b)"
