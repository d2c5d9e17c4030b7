#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Checks that what docs/architecture.md and docs/contributing.md name is there: `folder/file.cpp`, [a link](page.md).

Usage: check_pages.py ROOT. Prints one line a name that is not there, file:line first, and exits 1 when there is any.
"""
import re
import sys
from pathlib import Path

PAGES = ["docs/architecture.md", "docs/contributing.md"]
ROOMS = "base|bench|cmake|config|docs|emulator|examples|face|include|os|protocol|python|scenarios|scripts|tests|updater"
NAMED = re.compile(rf"`((?:{ROOMS})/[\w./+-]*)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def missing(root, page):
    for number, line in enumerate((root / page).read_text(encoding="utf-8").splitlines(), 1):
        for name in NAMED.findall(line):
            if not (root / name).exists():
                yield number, name
        for name in LINK.findall(line):
            if not ((root / page).parent / name).exists():
                yield number, name


def main():
    root = Path(sys.argv[1]).resolve()
    found = [(page, *each) for page in PAGES if (root / page).exists() for each in missing(root, page)]
    for page, number, name in found:
        print(f"{page}:{number}: there is no {name}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
