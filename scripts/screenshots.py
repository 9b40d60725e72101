"""`make screenshots`: pictures of the sample desk, for README and docs, and for looking at after a change.

Starts a desk of its own with the sample in it. Every page goes to var/screenshots/, and those that are shown to
docs/screenshots/.
"""

import os
import subprocess
import sys
from pathlib import Path

import pyvips

ROOT = Path(__file__).parent.parent
TAKEN = ROOT / "var" / "screenshots"
SHOWN = ROOT / "docs" / "screenshots"
SHOWN_PAGES = {
    "admin--desktop-light.png": "front-desktop-light.png",
    "admin-triage--desktop-light.png": "triage-desktop-light.png",
    "admin-triage-list--desktop-light.png": "triage-list-desktop-light.png",
    "admin-notices--show-all-desktop-light.png": "notices-desktop-light.png",
    "the-discussion-desktop-light.png": "discussion-desktop-light.png",
    "review-desktop-light.png": "review-desktop-light.png",
    "versions-desktop-light.png": "versions-desktop-light.png",
    "history-desktop-light.png": "history-desktop-light.png",
    "publication-desktop-light.png": "publication-desktop-light.png",
    "admin-agreement--desktop-light.png": "agreement-desktop-light.png",
    "a-correction-request-desktop-light.png": "request-desktop-light.png",
    "a-legal-request-desktop-light.png": "legal-request-desktop-light.png",
    "admin-claims-claim-import--desktop-light.png": "import-desktop-light.png",
    "admin-account-second-factor--desktop-light.png": "second-factor-desktop-light.png",
    "the-file-of-a-claim-that-is-in-progress-desktop-light.png": "claim-file-desktop-light.png",
}
FOR_READERS = {
    "a-corrected-fact-check": ("claim", ("phone", "desktop")),
    "a-fact-check-in-Arabic": ("claim-ar", ("phone", "desktop")),
    "search--q-ferry": ("search", ("phone",)),
    "ar-search--q-ferry": ("search-ar", ("phone",)),
    "statistics-": ("statistics", ("desktop",)),
    "ar-statistics-": ("statistics-ar", ("desktop",)),
}
SHOWN_PAGES |= {
    f"{taken}-{size}-{scheme}.png": f"{shown}-{size}-{scheme}.png"
    for taken, (shown, sizes) in FOR_READERS.items()
    for size in sizes
    for scheme in ("light", "dark")
}


def main() -> None:
    """Let the test that opens every page take the pictures on its way."""
    command = [sys.executable, "-m", "pytest", "tests/browser/test_desk.py", "-k", "violation"]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ, "SCREENSHOTS": str(TAKEN)}, check=False)
    SHOWN.mkdir(parents=True, exist_ok=True)
    for taken, shown in SHOWN_PAGES.items():
        if not (TAKEN / taken).exists():
            sys.exit(f"There is no picture {taken}. Browser tests need a Chromium: CHROMIUM= names one.")
        pyvips.Image.new_from_file(TAKEN / taken).pngsave(SHOWN / shown, palette=True, Q=95, compression=9)
    print(f"{len(list(TAKEN.glob('*.png')))} pictures in {TAKEN.relative_to(ROOT)}/")
    sys.exit(run.returncode)


if __name__ == "__main__":
    main()
