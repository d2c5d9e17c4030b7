# SPDX-License-Identifier: BSD-3-Clause
"""What the library keeps for us until it is closed."""
from __future__ import annotations

import ctypes
from types import TracebackType
from typing import Callable, ClassVar, Optional, TypeVar

from ._library import HANDLE

Kept = TypeVar("Kept", bound="Held")


class Held:
    """A handle of the library: given back by close(), at the end of a `with`, or when nobody holds it."""

    _what: ClassVar[str]  # "the board"
    _give_back: ClassVar[Callable[[ctypes.c_void_p], object]]

    def __init__(self) -> None:
        self._handle = HANDLE()

    def close(self) -> None:
        """A second time nothing happens."""
        handle, self._handle = self._handle, HANDLE()
        type(self)._give_back(handle)

    @property
    def _open(self) -> ctypes.c_void_p:
        if not self._handle:
            raise ValueError(f"{self._what} is closed")
        return self._handle

    def __enter__(self: Kept) -> Kept:
        return self

    def __exit__(self, _kind: Optional[type[BaseException]], _error: Optional[BaseException],
                 _trace: Optional[TracebackType]) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self.close()
