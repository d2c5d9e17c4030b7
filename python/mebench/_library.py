# SPDX-License-Identifier: BSD-3-Clause
"""libmebench.so, found and declared: the C interface of <mebench/mebench.h> as ctypes sees it.

ctypes.PyDLL keeps the interpreter's lock during a call. So the boards of a process, which share one TPM library, never run
in two threads at a time, and no other Python thread draws random numbers from OpenSSL while a TPM has its seed there.
"""
from __future__ import annotations

import ctypes
import os
import sysconfig
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterator

from .errors import Error, error_of

INTERFACE = 1
FILE_NAME = f"libmebench.so.{INTERFACE}"


class Bytes(ctypes.Structure):
    _fields_ = [("data", ctypes.POINTER(ctypes.c_uint8)), ("size", ctypes.c_size_t)]


class Options(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("settings", ctypes.POINTER(ctypes.c_char_p)), ("setting_count", ctypes.c_size_t),
                ("seed", ctypes.c_uint64), ("flash", ctypes.c_char_p), ("flash_size", ctypes.c_size_t)]


class Fault(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("point", ctypes.c_char_p), ("action", ctypes.c_char_p),
                ("occurrence", ctypes.c_uint32), ("repeat", ctypes.c_uint32), ("delay", ctypes.c_int64),
                ("status", ctypes.c_uint32)]


HANDLE = ctypes.c_void_p
_OUT = ctypes.POINTER(HANDLE)
_BYTES = ctypes.POINTER(Bytes)
_TEXT = ctypes.c_char_p
_TEXTS = ctypes.POINTER(ctypes.c_char_p)
_SIZE = ctypes.c_size_t
_TIME = ctypes.c_int64

# Name -> arguments. All of these give an error or nothing.
_CAN_FAIL: dict[str, list[Any]] = {
    "machines": [_OUT], "board_make": [_TEXT, ctypes.POINTER(Options), _OUT], "board_boot": [HANDLE, _TIME],
    "board_bios": [HANDLE, _TEXTS, _SIZE], "connect": [HANDLE, _TEXT, _OUT], "send": [HANDLE, _TEXT, _SIZE, _TIME],
    "receive": [HANDLE, _TIME, _BYTES], "tpm": [HANDLE, _TEXT, _SIZE, _TIME, _BYTES],
    "conversation_begin": [HANDLE, _OUT], "conversation_say": [HANDLE, _TEXT, _OUT],
    "arm": [HANDLE, ctypes.POINTER(Fault)], "unfired": [HANDLE, _OUT], "facts": [HANDLE, _OUT, _OUT],
    "fact": [HANDLE, _TEXT, _OUT], "bus": [HANDLE, _OUT], "update_image": [HANDLE, _TEXT, _BYTES],
    "flash": [HANDLE, _BYTES], "snapshot": [HANDLE, _BYTES], "restore": [HANDLE, _TEXT, _SIZE], "run": [_TEXT, _TEXT, _OUT],
}
# Name -> what it gives, and its arguments.
_CANNOT_FAIL: dict[str, tuple[Any, list[Any]]] = {
    "interface": (ctypes.c_int, []), "version_text": (_TEXT, []), "error_code": (ctypes.c_int, [HANDLE]),
    "error_text": (_TEXT, [HANDLE]), "error_status": (ctypes.c_uint32, [HANDLE]), "error_free": (None, [HANDLE]),
    "free": (None, [HANDLE]), "texts_count": (_SIZE, [HANDLE]), "texts_at": (_TEXT, [HANDLE, _SIZE]),
    "texts_free": (None, [HANDLE]), "board_free": (None, [HANDLE]), "board_power_on": (None, [HANDLE]),
    "board_power_cut": (None, [HANDLE]), "board_reset_platform": (None, [HANDLE]), "board_reset_me": (None, [HANDLE]),
    "board_now": (_TIME, [HANDLE]), "board_advance": (None, [HANDLE, _TIME]),
    "connection_max_length": (ctypes.c_uint32, [HANDLE]), "connection_version": (ctypes.c_uint8, [HANDLE]),
    "disconnect": (None, [HANDLE]), "conversation_end": (None, [HANDLE]), "read32": (ctypes.c_uint32, [HANDLE, ctypes.c_uint32]),
    "write32": (None, [HANDLE, ctypes.c_uint32, ctypes.c_uint32]), "disarm_all": (None, [HANDLE]),
    "results_count": (_SIZE, [HANDLE]), "results_verdict": (ctypes.c_int, [HANDLE, _SIZE]),
    "results_id": (_TEXT, [HANDLE, _SIZE]), "results_report": (_TEXT, [HANDLE, _SIZE]), "results_json": (_TEXT, [HANDLE]),
    "results_free": (None, [HANDLE]),
}


def _candidates() -> Iterator[str]:
    """Where the library can be: named, in the prefix that this package was installed into, where the system looks."""
    if named := os.environ.get("MEBENCH_LIBRARY"):
        yield named
        return
    # PREFIX/lib/python3/dist-packages/mebench/_library.py
    lib = Path(__file__).resolve().parents[3]
    for folder in (lib / (sysconfig.get_config_var("MULTIARCH") or "."), lib):
        if (folder / FILE_NAME).exists():
            yield str(folder / FILE_NAME)
    yield FILE_NAME


def _load() -> ctypes.PyDLL:
    wrong = []
    for name in _candidates():
        try:
            return ctypes.PyDLL(name)
        except OSError as error:
            wrong.append(str(error))
    raise ImportError(f"mebench needs {FILE_NAME}: {'; '.join(wrong)}. Install the package libmebench, or name the file in "
                      "the environment's MEBENCH_LIBRARY")


def _check(handle: int | None, _function: object, _arguments: object) -> None:
    """What ctypes calls behind each function that can fail: its error becomes an exception."""
    if not handle:
        return
    text = c.error_text(handle).decode("utf-8", "replace")
    error = error_of(c.error_code(handle), text, c.error_status(handle))
    c.error_free(handle)
    raise error


class _Functions:
    """The functions without their `mebench_`."""

    if TYPE_CHECKING:  # they are declared by the tables above

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, library: ctypes.PyDLL) -> None:
        for name, (result, arguments) in _CANNOT_FAIL.items():
            self._declare(library, name, result, arguments)
        for name, arguments in _CAN_FAIL.items():
            self._declare(library, name, HANDLE, arguments).errcheck = _check

    def _declare(self, library: ctypes.PyDLL, name: str, result: object, arguments: list[Any]) -> Any:
        function = getattr(library, "mebench_" + name)
        function.restype, function.argtypes = result, arguments
        setattr(self, name, function)
        return function


c = _Functions(_load())
if c.interface() != INTERFACE:
    raise ImportError(f"mebench needs interface {INTERFACE} of libmebench.so; the one that is there has {c.interface()}")


def taken_bytes(given: Bytes) -> bytes:
    """The bytes of what a function gave, which is freed."""
    data = ctypes.string_at(given.data, given.size)
    c.free(ctypes.cast(given.data, HANDLE))
    return data


def taken_text(given: ctypes.c_void_p) -> str:
    text = ctypes.string_at(given.value or 0).decode()
    c.free(given)
    return text


def taken_texts(given: ctypes.c_void_p) -> list[str]:
    texts = [c.texts_at(given, index).decode() for index in range(c.texts_count(given))]
    c.texts_free(given)
    return texts


__all__ = ["Bytes", "Error", "Fault", "HANDLE", "Options", "c", "taken_bytes", "taken_text", "taken_texts"]
