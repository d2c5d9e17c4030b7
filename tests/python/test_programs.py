# SPDX-License-Identifier: BSD-3-Clause
"""Programs in front of a board, out of a Python test."""
import os
import select
import subprocess
import time

import mebench
import pytest

CLIENT = """
import socket, sys
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
talk = line.makefile("rw")
def ask(*words):
    print(*words, file=talk, flush=True)
    return talk.readline().strip()
"""


@pytest.fixture
def esprimo():
    with mebench.Board("esprimo-e5730", settings={"settings.enabled_update_interfaces": 1, "update.data_processing": "1ms"}) as board:
        yield board.boot()


@pytest.fixture
def run(esprimo):
    """Runs Python code that has `ask`."""
    return lambda code, **more: esprimo.run(["/usr/bin/python3", "-c", CLIENT + code, mebench.DEVICE], **more)


def test_the_example_updates_the_board(esprimo, tree, tmp_path):
    (tmp_path / "new.bin").write_bytes(esprimo.update_image("5.2.70.1046"))
    done = esprimo.run(["/usr/bin/python3", tree / "examples/own_updater.py", mebench.DEVICE, "new.bin"], cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "done\n", "")
    esprimo.advance(60)
    esprimo.power_cut()
    esprimo.advance(30)
    assert esprimo.boot().fact("version") == "5.2.70.1046"


def test_the_example_tells_what_the_firmware_said(esprimo, tree, tmp_path):
    (tmp_path / "new.bin").write_bytes(esprimo.update_image("5.2.70.1046"))
    esprimo.arm("fwu_start", "fail", status=8707)
    done = esprimo.run(["/usr/bin/python3", tree / "examples/own_updater.py", mebench.DEVICE, tmp_path / "new.bin"])
    assert (done.returncode, done.stdout) == (5, "refused: 8707\n")


def test_dies_with_its_computer(esprimo, tree, tmp_path):
    (tmp_path / "new.bin").write_bytes(esprimo.update_image("5.2.70.1046"))
    esprimo.arm("flash_erase", "power_cut_inside", occurrence=100)
    done = esprimo.run(["/usr/bin/python3", tree / "examples/own_updater.py", mebench.DEVICE, tmp_path / "new.bin"])
    assert (done.returncode, done.stdout) == (-9, "")
    assert esprimo.unfired == [] and esprimo.fact("powered") == "false"


def test_time_passes_on_the_board_while_it_waits(esprimo, run):
    before = esprimo.now
    done = run("print(ask('sleep', '5000')); print(ask('now'))")
    assert done.stdout.splitlines() == ["ok", f"ok {int((before + 5) * 1000)}"]


def test_one_that_hangs_is_ended(run):
    begun = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        run("ask('now')\nimport time\ntime.sleep(1000)", limit=1)
    assert time.monotonic() - begun < 60


def test_one_that_is_not_there_is_named(esprimo):
    with pytest.raises(FileNotFoundError, match="no-such-updater"):
        esprimo.run(["no-such-updater"])


def test_what_it_asked_for_last_is_done_and_what_it_left_running_is_gone(esprimo, run):
    before = esprimo.now
    done = run("import os, subprocess\nprint(subprocess.Popen(['sleep', '1000']).pid, flush=True)\n"
               "print('sleep 5000', file=talk, flush=True)\nos._exit(3)")
    assert done.returncode == 3
    assert esprimo.now == pytest.approx(before + 5)
    try:
        left = os.pidfd_open(int(done.stdout))
    except ProcessLookupError:
        return
    assert select.select([left], [], [], 60)[0], "what it started runs on"
    os.close(left)


def test_has_several_conversations(run):
    done = run(f"""
first = talk
print(ask("connect", "{mebench.UPDATE_CLIENT}")[:3])
other = socket.socket(socket.AF_UNIX)
other.connect(sys.argv[1])
talk = other.makefile("rw")
print(ask("connect", "{mebench.MKHI_CLIENT}")[:3])
print(ask("send", "ff020000"), ask("receive")[:7])  # MKHI GET_FW_VERSION
""")
    assert done.stdout.splitlines() == ["ok ", "ok ", "ok ok ff82"], done.stderr
