# SPDX-License-Identifier: BSD-3-Clause
"""mebench in Python: a simulated board with its Management Engine and TPM, what goes wrong on it, and stories.

    >>> import mebench
    >>> board = mebench.Board("esprimo-e5730").boot()
    >>> board.fact("version")
    '5.0.1.1111'

docs/python.md is the tutorial; in pytest, `def test_it(board): ...` is all it takes.
"""
from ._library import c as _c
from .board import AMT_CLIENT, MKHI_CLIENT, UPDATE_CLIENT, WATCHDOG_CLIENT, Board, Connection, machines
from .errors import (Busy, Disconnected, Error, Forbidden, Interrupted, Invalid, NotFound, ProtocolError, Refused, SystemTrouble,
                     Timeout, Unsupported)
from .programs import DEVICE
from .stories import StoryResult, Verdict, run

#: Of the library that runs.
__version__: str = _c.version_text().decode()

__all__ = ["AMT_CLIENT", "DEVICE", "MKHI_CLIENT", "UPDATE_CLIENT", "WATCHDOG_CLIENT", "Board", "Busy", "Connection", "Disconnected", "Error",
           "Forbidden", "Interrupted", "Invalid", "NotFound", "ProtocolError", "Refused", "StoryResult", "SystemTrouble", "Timeout",
           "Unsupported", "Verdict", "machines", "run"]
