# SPDX-License-Identifier: BSD-3-Clause
"""Stories (docs/scenarios.md), told in this process, with their verdicts."""
from __future__ import annotations

import ctypes
import enum
import json
import os
from dataclasses import dataclass
from typing import Any, Optional, Union

from ._library import HANDLE, c


class Verdict(enum.Enum):
    """How a story ended; the values are the words of `mesim run --json`."""

    PASSED = "passed"
    FAILED = "failed"  #: an expectation did not hold
    SCRIPT_ERROR = "script_error"  #: the story itself makes no sense
    INTERNAL = "internal"  #: what ran it broke
    INVALID = "invalid"  #: an armed fault never struck: it proved nothing
    SKIPPED = "skipped"  #: it starts a program of its own: `mesim run` tells it


@dataclass(frozen=True)
class StoryResult:
    """What became of one story."""

    id: str
    title: str
    verdict: Verdict
    report: str  #: as `mesim run` prints it: what was expected, what came, and the bus
    data: dict[str, Any]  #: its member of "scenarios" in docs/schema/run.schema.json

    @property
    def passed(self) -> bool:
        return self.verdict is Verdict.PASSED


def run(path: Union[str, os.PathLike[str]], filter: Optional[str] = None) -> list[StoryResult]:
    """Tells the stories of a file, or of a folder, as `mesim run` does: one after the other, each on a board of its own. A
    file with a matrix has several. `filter` is a regular expression for their ids. A story that makes no sense is a result;
    errors are NotFound (no such file, or nothing in the folder), Invalid (the filter, or it leaves nothing)."""
    out = HANDLE()
    c.run(os.fsencode(path), filter.encode() if filter else None, ctypes.byref(out))
    try:
        told = json.loads(c.results_json(out))["scenarios"]
        reports = [c.results_report(out, index).decode("utf-8", "replace") for index in range(c.results_count(out))]
    finally:
        c.results_free(out)
    return [StoryResult(each["id"], each["title"], Verdict(each["verdict"]), report, each)
            for each, report in zip(told, reports, strict=True)]
