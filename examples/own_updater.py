#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Somebody's own updater, as a program: it knows nothing of mebench but a board that speaks in lines of text
(docs/protocols.md). A story runs it against a simulated board: examples/own_updater.toml.

    own_updater.py DEVICE IMAGE

Exit status: 0 the firmware took the image, 5 it refused, 7 the board went away.
"""
import socket
import struct
import sys

UPDATE_CLIENT = "309dcde8-ccb1-4062-8f78-600115a34327"


class Gone(Exception):
    """The board, or the connection to it."""


class Board:
    def __init__(self, path):
        line = socket.socket(socket.AF_UNIX)
        line.connect(path)
        self.lines = line.makefile("rw")

    def ask(self, *words):
        """The words behind "ok"."""
        print(*words, file=self.lines, flush=True)
        verdict, _, rest = self.lines.readline().strip().partition(" ")
        if verdict != "ok":
            raise Gone(rest)
        return rest

    def request(self, message):
        """Sends `message`; the status of its reply, which is the second word."""
        self.ask("send", message.hex())
        reply = bytes.fromhex(self.ask("receive", "60000"))
        return struct.unpack_from("<I", reply, 4)[0]


def messages(image, longest):
    """START, DATA until all of it is there, END (docs/protocols.md)."""
    start = struct.pack("<II", 2, len(image)).ljust(46, b"\0") + struct.pack("<I", 1)  # in the field
    yield start.ljust(86, b"\0")
    room = longest - 12
    for at in range(0, len(image), room):
        part = image[at:at + room]
        yield struct.pack("<II", 4, len(part)).ljust(11, b"\0") + part
    yield struct.pack("<I", 6)


def update(device, image):
    board = Board(device)
    longest, _version = board.ask("connect", UPDATE_CLIENT).split()
    for message in messages(image, int(longest)):
        if status := board.request(message):
            print(f"refused: {status}")
            return 5
    print("done")
    return 0


def main():
    with open(sys.argv[2], "rb") as file:
        image = file.read()
    try:
        return update(sys.argv[1], image)
    except (Gone, OSError) as why:
        print(f"gone: {why}")
        return 7


if __name__ == "__main__":
    sys.exit(main())
