# SPDX-License-Identifier: BSD-3-Clause
"""What can go wrong, one class a kind; each is also what Python's own library raises in such a case."""
from __future__ import annotations


class Error(Exception):
    """What was being done and what is wrong, for a person. `status` is the other side's own number; 0: none."""

    def __init__(self, text: str, status: int = 0) -> None:
        super().__init__(text)
        self.status = status


class Timeout(Error, TimeoutError):
    """An answer did not come within its limit, which is time of the board."""


class Disconnected(Error, ConnectionError):
    """The link or the connection is gone; connecting again may help."""


class ProtocolError(Error):
    """The other side sent what its specification does not allow."""


class Refused(Error):
    """The other side answered, and the answer is no: `status`."""


class NotFound(Error, LookupError):
    """No such machine, client, file or name; the text lists the known ones."""


class SystemTrouble(Error, OSError):
    """The operating system reported a failure."""

class Invalid(Error, ValueError):
    """An argument, a file or a message is malformed; the text says where and what would be right."""


class Unsupported(Error):
    """This board cannot do it."""


class Forbidden(Error, PermissionError):
    """The operating system forbids it."""

class Busy(Error):
    """In use; trying later may help."""


class Interrupted(Error):
    """The caller asked to stop."""


# The numbers of mebench_code.
_KINDS: dict[int, type[Error]] = {1: Timeout, 2: Disconnected, 3: ProtocolError, 4: Refused, 5: NotFound, 6: SystemTrouble,
                                  7: Invalid, 8: Unsupported, 9: Forbidden, 10: Busy, 11: Interrupted}
_NO_MEMORY = 12


def error_of(code: int, text: str, status: int) -> Exception:
    if code == _NO_MEMORY:
        return MemoryError(text)
    return _KINDS.get(code, Error)(text, status)
