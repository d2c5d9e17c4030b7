# SPDX-License-Identifier: BSD-3-Clause
"""A program in front of a board: somebody's updater, in any language, with the board in lines of text behind a socket
(docs/protocols.md)."""
from __future__ import annotations

import ctypes
import os
import selectors
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Sequence, Union

from ._library import HANDLE, c, taken_text

if TYPE_CHECKING:
    from .board import Board

#: In a program's words: the path of the socket.
DEVICE = "${device}"
_LONGEST_LINE = 0x40000
_PATIENCE = 10


class _Peer:
    """One socket of the program: a conversation of its own."""

    def __init__(self, board: Board, line: socket.socket) -> None:
        self._board, self.line, self._received = board, line, b""
        self._conversation = HANDLE()
        c.conversation_begin(board._open, ctypes.byref(self._conversation))

    def serve(self) -> bool:
        """Answers what is there. A program whose board lost its power meanwhile never hears it. False: it has hung up."""
        try:
            some = self.line.recv(65536)
            self._received += some
            while b"\n" in self._received:
                request, self._received = self._received.split(b"\n", 1)
                answer = self._answer(request)
                if self._board.fact("powered") != "true":
                    return True
                self.line.sendall(answer + b"\n")
            return bool(some) and len(self._received) < _LONGEST_LINE
        except OSError:
            return False

    def _answer(self, request: bytes) -> bytes:
        out = HANDLE()
        c.conversation_say(self._conversation, request.replace(b"\0", b" "), ctypes.byref(out))
        return taken_text(out).encode()

    def close(self) -> None:
        c.conversation_end(self._conversation)
        self.line.close()


class _Run:
    """A program that runs, its sockets, and the time that it has left."""

    def __init__(self, board: Board, program: subprocess.Popen[bytes], listener: socket.socket) -> None:
        self._board, self._program, self._listener = board, program, listener
        self._peers: list[_Peer] = []
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ)
        self._ended = os.pidfd_open(program.pid)
        self._selector.register(self._ended, selectors.EVENT_READ)

    def serve(self, limit: float) -> None:
        """Until the program ends, or the board's power does. Errors: subprocess.TimeoutExpired."""
        left = limit
        while self._board.fact("powered") == "true":
            before = time.monotonic()
            ready = [key for key, _ in self._selector.select(left)]
            left -= time.monotonic() - before
            if left <= 0:
                raise subprocess.TimeoutExpired(self._program.args, limit)
            self._look_at(ready)
            if any(key.fileobj == self._ended for key in ready):
                return self._serve_the_rest()

    def _look_at(self, ready: list[selectors.SelectorKey]) -> None:
        for key in ready:
            if key.fileobj is self._listener:
                self._let_in()
            elif key.data is not None and not key.data.serve():
                self._forget(key.data)

    def _serve_the_rest(self) -> None:
        """Requests that the program sent before it ended are still carried out."""
        self._kill()  # what it left running asks for nothing more
        self._selector.unregister(self._ended)
        while ready := self._selector.select(0):
            self._look_at([key for key, _ in ready])

    def _let_in(self) -> None:
        line, _ = self._listener.accept()
        line.settimeout(_PATIENCE)  # of one that sends and never reads
        peer = _Peer(self._board, line)
        self._peers.append(peer)
        self._selector.register(line, selectors.EVENT_READ, peer)

    def _forget(self, peer: _Peer) -> None:
        self._selector.unregister(peer.line)
        self._peers.remove(peer)
        peer.close()

    def _kill(self) -> None:
        try:
            os.killpg(self._program.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def close(self) -> None:
        """The program goes with all that it has started."""
        self._kill()
        self._program.wait()
        for peer in self._peers:
            peer.close()
        self._selector.close()
        os.close(self._ended)


def run_program(board: Board, words: Sequence[Union[str, os.PathLike[str]]], *, limit: float = 60,
                cwd: Optional[Union[str, os.PathLike[str]]] = None) -> subprocess.CompletedProcess[str]:
    """As Board.run()."""
    with tempfile.TemporaryDirectory(prefix="mebench-") as folder, socket.socket(socket.AF_UNIX) as listener:
        device = str(Path(folder, "device"))
        listener.bind(device)
        listener.listen()
        line = [os.fspath(word).replace(DEVICE, device) for word in words]
        with open(Path(folder, "out"), "w+b") as out, open(Path(folder, "err"), "w+b") as err:
            program = subprocess.Popen(line, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
            run = _Run(board, program, listener)
            try:
                run.serve(limit)
            finally:
                run.close()
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(line, program.returncode, out.read().decode("utf-8", "replace"),
                                               err.read().decode("utf-8", "replace"))
