# SPDX-License-Identifier: BSD-3-Clause
"""A simulated board with its Management Engine and, where it has one, the TPM inside."""
from __future__ import annotations

import ctypes
import json
import os
import subprocess
import uuid
from typing import Mapping, Optional, Sequence, Union

from ._held import Held
from ._library import HANDLE, Bytes, Fault, Options, c, taken_bytes, taken_text, taken_texts
from .programs import run_program
from .times import Duration, nanoseconds

#: The clients that every board has (docs/protocols.md); the first one while its firmware brings AMT and runs.
AMT_CLIENT = "12f80028-b4b7-4b2d-aca8-46e0ff65814c"
UPDATE_CLIENT = "309dcde8-ccb1-4062-8f78-600115a34327"
WATCHDOG_CLIENT = "05b79a6f-4628-4d7f-899d-a91514cb32ab"
MKHI_CLIENT = "8e6a6715-9abc-4043-88ef-9e39c6f63e0f"

Value = Union[bool, int, str, Sequence["Value"]]


def toml_of(value: Value) -> str:
    """A profile's value in TOML's words: True is `true`, "5.0.1.1111" is `"5.0.1.1111"`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value)
    return "[" + ", ".join(toml_of(each) for each in value) + "]"


def machines() -> list[str]:
    """Every machine that comes along, sorted."""
    names = HANDLE()
    c.machines(ctypes.byref(names))
    return taken_texts(names)


class Connection(Held):
    """One connection to one client of the Management Engine: a request, its answer, the next request. It is closed by
    close(), at the end of a `with`, or when nobody holds it; the client hears of it."""

    _what = "the connection"
    _give_back = c.disconnect

    def __init__(self, board: Board, client: Union[str, uuid.UUID]) -> None:
        super().__init__()
        c.connect(board._open, str(client).encode(), ctypes.byref(self._handle))

    @property
    def max_message_length(self) -> int:
        """Bytes, at least 1."""
        return int(c.connection_max_length(self._open))

    @property
    def protocol_version(self) -> int:
        """As the client told it."""
        return int(c.connection_version(self._open))

    def send(self, message: bytes, timeout: Duration = 60) -> None:
        """Sends a whole message. Errors: Timeout (not taken within `timeout` of the board's time), Disconnected, Invalid
        (longer than max_message_length)."""
        c.send(self._open, bytes(message), len(message), nanoseconds(timeout))

    def receive(self, timeout: Duration = 60) -> bytes:
        """The next whole message. Errors: Timeout, Disconnected, ProtocolError."""
        out = Bytes()
        c.receive(self._open, nanoseconds(timeout), ctypes.byref(out))
        return taken_bytes(out)

    def ask(self, message: bytes, timeout: Duration = 60) -> bytes:
        """Sends `message`, and gives what comes back."""
        self.send(message, timeout)
        return self.receive(timeout)


class Board(Held):
    """A board without power: boot() it. `machine` is a name (machines()), or the path of a profile (it holds '/' or ends in
    .toml). `settings` are values of the profile, {"tpm.fitted": False} (docs/machines.md). One `seed`, one history.
    `flash` is what it was left with, such as `other.flash`.

    Time is the board's own: it passes only while the board boots, is waited for, or in advance(). Times are seconds, or a
    datetime.timedelta. close() gives it back; a connection that is still held keeps its own. Errors: NotFound (lists the known
    names), Invalid (the place and what would be right)."""

    _what = "the board"
    _give_back = c.board_free

    def __init__(self, machine: Union[str, os.PathLike[str]], *, settings: Optional[Mapping[str, Value]] = None, seed: int = 1,
                 flash: Optional[bytes] = None) -> None:
        super().__init__()
        self.machine = os.fspath(machine)
        words = [f"{key}={toml_of(value)}".encode() for key, value in (settings or {}).items()]
        listed = (ctypes.c_char_p * len(words))(*words)
        options = Options(ctypes.sizeof(Options), listed, len(words), seed, flash, len(flash or b""))
        c.board_make(self.machine.encode(), ctypes.byref(options), ctypes.byref(self._handle))

    # Power and time.

    def boot(self, limit: Duration = 60) -> Board:
        """Applies power where there is none, and runs the board until its firmware and its BIOS are done. Gives the board.
        Errors: Timeout (not within `limit` of its time)."""
        c.board_boot(self._open, nanoseconds(limit))
        return self

    def power_on(self) -> None:
        """The board begins to boot; no time passes."""
        c.board_power_on(self._open)

    def power_cut(self) -> None:
        """At once: a flash operation in progress is torn."""
        c.board_power_cut(self._open)

    def reset_platform(self) -> None:
        """The computer restarts."""
        c.board_reset_platform(self._open)

    def reset_me(self) -> None:
        """The Management Engine restarts; the host stays up."""
        c.board_reset_me(self._open)

    def bios(self, *actions: str) -> None:
        """What a person does in the BIOS's set-up: "enable", "activate", "clear", ... (docs/scenarios.md); the board
        restarts. Errors: Invalid (no such action), Unsupported (no TPM)."""
        words = (ctypes.c_char_p * len(actions))(*(action.encode() for action in actions))
        c.board_bios(self._open, words, len(actions))

    def advance(self, duration: Duration) -> None:
        """Everything that is due in the next `duration` happens, in its order."""
        c.board_advance(self._open, nanoseconds(duration))

    @property
    def now(self) -> float:
        """Seconds since the board was made."""
        return self.now_ns / 10**9

    @property
    def now_ns(self) -> int:
        """The same in nanoseconds, to compare."""
        return int(c.board_now(self._open))

    # As host software sees it.

    def connect(self, client: Union[str, uuid.UUID]) -> Connection:
        """A connection to the client with this GUID, such as UPDATE_CLIENT. Errors: Invalid (no GUID), NotFound (no such
        client), Busy (its connections are taken), Disconnected, Timeout."""
        return Connection(self, client)

    def tpm(self, command: bytes, timeout: Duration = 600) -> bytes:
        """The TPM's response to a whole command. Errors: Unsupported (a board without one), Timeout (the command was
        cancelled), Disconnected, ProtocolError."""
        out = Bytes()
        c.tpm(self._open, bytes(command), len(command), nanoseconds(timeout), ctypes.byref(out))
        return taken_bytes(out)

    def read32(self, offset: int) -> int:
        """A HECI register, by its offset from BAR0: for a driver of your own, not beside connections."""
        return int(c.read32(self._open, offset))

    def write32(self, offset: int, value: int) -> None:
        """As read32()."""
        c.write32(self._open, offset, value)

    def run(self, words: Sequence[Union[str, os.PathLike[str]]], *, limit: float = 60,
            cwd: Optional[Union[str, os.PathLike[str]]] = None) -> subprocess.CompletedProcess[str]:
        """Runs a program of yours in front of this board: run(["./mine", mebench.DEVICE, "new.bin"]). DEVICE stands for a
        socket where the board speaks in lines of text (docs/protocols.md). Gives its exit status and what it printed. When the
        board loses its power the program dies with it: the status is -9. `limit` is how many of the computer's seconds the
        program itself may take. Errors: subprocess.TimeoutExpired (it took more), OSError (it cannot be started)."""
        return run_program(self, words, limit=limit, cwd=cwd)

    # What goes wrong.

    def arm(self, point: str, action: str, *, occurrence: int = 1, repeat: int = 1, delay: Duration = 0, status: int = 0) -> None:
        """A fault in the words of a story's [fault] table (docs/scenarios.md): arm("flash_program", "power_cut_inside",
        occurrence=3). `occurrence` counts from now on, from 1. Errors: Invalid (no such word, or what does not go
        together; lists the known ones)."""
        if occurrence < 1 or repeat < 1:
            raise ValueError("a fault's occurrence and repeat count from 1")
        fault = Fault(ctypes.sizeof(Fault), point.encode(), action.encode(), occurrence, repeat, nanoseconds(delay), status)
        c.arm(self._open, ctypes.byref(fault))

    def disarm(self) -> None:
        """Takes all faults back."""
        c.disarm_all(self._open)

    @property
    def unfired(self) -> list[str]:
        """Faults that never struck, each as "power_cut_inside at flash_program, occurrence 3": a test that armed one of
        these has proved nothing."""
        out = HANDLE()
        c.unfired(self._open, ctypes.byref(out))
        return taken_texts(out)

    # What became of it.

    def fact(self, name: str) -> str:
        """Something that no host could see, as stories write it: fact("boot") is "operational". Errors: NotFound (lists
        the known names)."""
        out = HANDLE()
        c.fact(self._open, name.encode(), ctypes.byref(out))
        return taken_text(out)

    @property
    def facts(self) -> dict[str, str]:
        """All of them, by name."""
        return {name: self.fact(name) for name in self.meanings}

    @property
    def meanings(self) -> dict[str, str]:
        """What each fact says, for a person."""
        names, meanings = HANDLE(), HANDLE()
        c.facts(self._open, ctypes.byref(names), ctypes.byref(meanings))
        return dict(zip(taken_texts(names), taken_texts(meanings)))

    @property
    def bus(self) -> list[str]:
        """The last messages and events on the bus, named, the oldest first; what repeats is folded."""
        out = HANDLE()
        c.bus(self._open, ctypes.byref(out))
        return taken_texts(out)

    # Firmware, and the board as a whole.

    def update_image(self, version: str) -> bytes:
        """An update image of that version, "5.2.70.1046", signed with the factory's key of this board: synthetic, and only
        simulated boards take it. Errors: Invalid."""
        out = Bytes()
        c.update_image(self._open, version.encode(), ctypes.byref(out))
        return taken_bytes(out)

    @property
    def flash(self) -> bytes:
        """The whole flash, as it is now."""
        out = Bytes()
        c.flash(self._open, ctypes.byref(out))
        return taken_bytes(out)

    def snapshot(self) -> bytes:
        """The whole board."""
        out = Bytes()
        c.snapshot(self._open, ctypes.byref(out))
        return taken_bytes(out)

    def restore(self, saved: bytes) -> None:
        """The board goes on from a snapshot() of the same machine and settings; connections are gone. Errors: Invalid
        (another version or machine, or damaged): the board is as it was."""
        c.restore(self._open, bytes(saved), len(saved))

    def __repr__(self) -> str:
        return f"<mebench.Board {self.machine}{'' if self._handle else ', closed'}>"
