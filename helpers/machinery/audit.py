"""`make audit`: the known vulnerabilities of what the lock pins, as far as a database answers.

It runs in the user's own surroundings, whose proxy and certificates lead to the database.
pip-audit's variables choose another one,
PIP_AUDIT_VULNERABILITY_SERVICE=osv for instance. Exit codes: 0 none is known, 1 some are, 3 no
database answered for every package.
"""

import json
import subprocess
import sys

from helpers.data import ROOT

LOCK = ROOT / "requirements.lock"
UNANSWERED = 3
COMMAND = (
    "-m",
    "pip_audit",
    "--requirement",
    str(LOCK),
    "--require-hashes",
    "--disable-pip",
    "--format",
    "json",
    "--desc",
    "off",
    "--progress-spinner",
    "off",
)


def told(answer: str) -> tuple[int, list[str]]:
    """Exit code and lines for what pip-audit wrote as JSON; empty where no database was reached.

    A package that the database does not know counts as unanswered: pip-audit itself ends such a run
    with success.
    """
    packages = json.loads(answer)["dependencies"] if answer else []
    flaws = [
        f"{of['name']} {of['version']}: {flaw['id']}, mended in"
        f" {', '.join(flaw['fix_versions']) or 'no version yet'}"
        for of in packages
        for flaw in of.get("vulns", [])
    ]
    unanswered = [of["name"] for of in packages if "skip_reason" in of]
    lines = [
        *flaws,
        (
            f"{len(packages) - len(unanswered)} packages of {LOCK.name} were looked up; known"
            f" vulnerabilities: {len(flaws)}"
        ),
    ]
    if unanswered or not packages:
        few = ", ".join(unanswered[:5]) + (" and others" if len(unanswered) > 5 else "")
        lines.append(
            f"no answer for {len(unanswered)} packages ({few})"
            if packages
            else "no database of vulnerabilities was reached"
        )
    return 1 if flaws else UNANSWERED if unanswered or not packages else 0, lines


def main() -> int:
    run = subprocess.run([sys.executable, *COMMAND], capture_output=True, text=True)
    code, lines = told(run.stdout.strip())
    if code == UNANSWERED:
        lines += [
            line
            for line in run.stderr.strip().splitlines()[-1:]
            if "No known vulnerabilities" not in line
        ]
    print("\n".join(lines), file=sys.stderr if code else sys.stdout)
    return code


if __name__ == "__main__":
    sys.exit(main())
