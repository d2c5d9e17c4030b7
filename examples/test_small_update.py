# SPDX-License-Identifier: BSD-3-Clause
"""A test of one's own updater in pytest: small_update() is somebody's own code, which knows nothing but how to send
messages. The board takes its power away inside one flash operation after the other, and after each the update is tried again.

    python3 -m pytest examples/test_small_update.py
"""
import struct

import mebench
import pytest

# Over HECI, and quick: the owner's settings of an Esprimo that allows it (docs/machines.md).
pytestmark = pytest.mark.mebench("esprimo-e5730", settings={"settings.enabled_update_interfaces": 1,
                                                            "update.data_processing": "1ms"})

# ---- The updater under test (docs/protocols.md) ----


class Refused(Exception):
    """The firmware's number."""


def ask(client, request):
    """Sends `request`; the second word of its reply is the status."""
    reply = client.ask(request)
    (status,) = struct.unpack_from("<I", reply, 4)
    if status != 0:
        raise Refused(status)


def small_update(board, image):
    """START, DATA until all of it is there, END."""
    with board.connect(mebench.UPDATE_CLIENT) as client:
        start = struct.pack("<II", 2, len(image)).ljust(46, b"\0") + struct.pack("<I", 1)  # in the field
        ask(client, start.ljust(86, b"\0"))
        room = client.max_message_length - 12
        for at in range(0, len(image), room):
            part = image[at:at + room]
            ask(client, struct.pack("<II", 4, len(part)).ljust(11, b"\0") + part)
        ask(client, struct.pack("<I", 6))


# ---- Its tests ----


def power_cycle(board):
    """Off, on, and until the firmware is up; an update that was ended goes on by itself."""
    board.power_cut()
    board.advance(30)
    board.boot()


def test_the_board_runs_the_new_version(board):
    small_update(board, board.update_image("5.2.70.1046"))
    board.advance(60)
    power_cycle(board)
    assert board.fact("version") == "5.2.70.1046"


@pytest.mark.parametrize("operation", [1, 10, 1000, 10000])
def test_survives_a_power_cut(board, operation):
    image = board.update_image("5.2.70.1046")
    board.arm("flash_operation", "power_cut_inside", occurrence=operation)
    with pytest.raises(mebench.Error):
        small_update(board, image)
        board.advance(60)
        raise mebench.Error("it was told done, and the power went after that")
    power_cycle(board)
    assert board.fact("boot") in ("operational", "recovery")
    small_update(board, image)
    board.advance(60)
    power_cycle(board)
    assert board.fact("version") == "5.2.70.1046"


def test_tells_what_the_firmware_said_when_it_refuses(board):
    board.arm("fwu_start", "fail", status=8707)
    with pytest.raises(Refused, match="8707"):
        small_update(board, board.update_image("5.2.70.1046"))
    assert board.fact("version") == "5.0.1.1111"
