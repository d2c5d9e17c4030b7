#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What is gathered of an owner's computer, and above all what is not.

Usage: collect_test.py BIN_DIR TREE [TEST...].
"""
import base64
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

import owners_computer
from owners_computer import CLIENT, HECI, PLANTED

BIN = TREE = None


def held(path):
    """{name: contents} of a tar file."""
    with tarfile.open(path) as archive:
        return {os.path.normpath(member.name): archive.extractfile(member).read() for member in archive if member.isfile()}


class Collected(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = Path(scratch.name)
        self.root = self.folder / "root"
        owners_computer.make(self.root)
        self.out = self.folder / "out.tar"


class Script(Collected):
    def collect(self, *words, shell="sh", **more):
        return subprocess.run([*shell.split(), TREE / "scripts/collect.sh", *words, "--root", self.root, self.out],
                              capture_output=True, text=True, check=False, **more)

    def collected(self, **more):
        done = self.collect("-y", **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return held(self.out)

    def test_holds_what_the_board_tells(self):
        files = self.collected()
        self.assertEqual(files[f"pci/{HECI}/config"], owners_computer.configuration_space()[:256])
        self.assertEqual(files["mei/mei0/fw_ver"], b"0:9.0.2.1345\n0:9.0.2.134\n0:9.0.2.1345\n")
        self.assertIn(CLIENT.encode(), files["debugfs/mei0/meclients"])
        self.assertIn(b"Firmware version: 3.19", files["tpm/tpm0/caps"])
        self.assertEqual(files["dmi/product_name"], b"ESPRIMO E720\n")
        self.assertIn(f"mei_me {HECI}: hbm: properties response: {CLIENT}".encode(), files["dmesg"])
        self.assertEqual(files["format"], b"mebench-collect 1\n")

    def test_holds_none_of_this_computers_own_names(self):
        whole = b"\n".join(self.collected().values()).lower()
        for name in PLANTED:
            self.assertNotIn(name.lower().encode(), whole)
        self.assertNotIn(b"SERIALSERIAL", whole)

    def test_puts_zeros_of_the_same_shape_in_their_place(self):
        kernel = self.collected()["dmesg"].decode().splitlines()
        self.assertIn(f"[    5.140901] mei_me {HECI}: wd: 00000000-0000-0000-0000-000000000000 of 00:00:00:00:00:00", kernel)
        self.assertTrue(any("amthi: 00-00-00-00-00-00 has 000.000.000.00 and 0000::000:0000:0000:0000" in line for line in kernel), kernel)
        self.assertTrue(any("serial number: 00-00-0000000" in line for line in kernel), kernel)

    def test_leaves_versions_that_look_like_addresses(self):
        self.assertIn(f"mei_me {HECI}: version 9.0.2.134\n".encode(), self.collected()["dmesg"])

    def test_takes_nothing_else(self):
        files = self.collected()
        self.assertEqual([name for name in files if "serial" in name or "uuid" in name.split("/")[-1] and not name.startswith("mei-clients/")], [])
        self.assertEqual({name.split("/")[1] for name in files if name.startswith("pci/")}, {HECI})
        self.assertNotIn(b"a key of this computer alone", b"".join(files.values()))
        self.assertNotIn(b"usb", files["dmesg"])

    def test_shows_first_and_asks(self):
        for answer, status in (("n\n", 5), ("", 5), ("y\n", 0)):
            done = self.collect(input=answer)
            self.assertEqual(done.returncode, status, done.stderr)
            self.assertRegex(done.stdout, rf"(?s)will hold:.* 256  pci/{HECI}/config\n.*Write it\?")
            self.assertEqual(self.out.exists(), status == 0)

    def test_only_shows(self):
        self.assertEqual(self.collect("--list").returncode, 0)
        self.assertFalse(self.out.exists())

    def test_of_a_computer_without_an_engine_tells_the_rest(self):
        self.root = self.folder / "empty"
        (self.root / "dev").mkdir(parents=True)
        (self.root / "dev/kmsg").touch()
        self.assertEqual(set(self.collected()), {"format"})

    def test_runs_in_every_shell_that_is_here(self):
        wanted = self.collected()
        for shell in ("dash", "bash --posix"):
            self.assertEqual(self.collected(shell=shell), wanted, shell)


class Program(Collected):
    """meupdate collect: the same files, and what the engine answers; here that of a simulated board."""

    def collect(self, *words, device="sim:esprimo-e5730", **more):
        return subprocess.run([BIN / "meupdate", "collect", *words, "--root", self.root, "--device", device, self.out],
                              capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **more)

    def collected(self, *words, **more):
        done = self.collect("-y", *words, **more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return held(self.out)

    def test_holds_what_the_script_holds_and_what_the_engine_answers(self):
        mine = self.collected()
        log = mine.pop("info.log").decode()
        by_script = self.folder / "script.tar"
        subprocess.run(["sh", TREE / "scripts/collect.sh", "-y", "--root", self.root, by_script], check=True, stdout=subprocess.DEVNULL)
        self.assertEqual(mine, held(by_script))
        self.assertIn("mei FWU <- 4 bytes: 00000000", log)
        self.assertIn('"running_version": "5.0.1.1111"', log)
        self.assertIn("tpm <- GetCapability", log)

    def test_holds_none_of_this_computers_own_names(self):
        whole = b"\n".join(self.collected().values()).lower()
        for name in PLANTED:
            self.assertNotIn(name.lower().encode(), whole)

    def test_takes_the_engines_addresses_out_of_words_and_messages(self):
        planted = ["--set", 'surroundings.wired.ipv4="192.168.178.23"', "--set", 'surroundings.wired.mac="00-19-99-de-ad-01"']
        shown = subprocess.run([BIN / "meupdate", "info", "--device", "sim:esprimo-e5730", *planted, "--log", self.folder / "plain"],
                               capture_output=True, text=True, check=True).stdout
        self.assertIn("00:19:99:de:ad:01", shown)
        plain = (self.folder / "plain").read_text().lower()
        log = self.collected(*planted)["info.log"].decode().lower()
        for name in ("00:19:99:de:ad:01", "001999dead01", "192.168.178.23", "17b2a8c0"):
            self.assertIn(name, plain)
            self.assertNotIn(name, log)
        self.assertIn("5.0.1.1111", log)

    def test_traces_the_driver_while_the_engine_is_asked(self):
        instance = self.root / "sys/kernel/tracing/instances/mebench"
        (instance / "events/mei").mkdir(parents=True)
        (instance / "events/mei/enable").write_text("0")
        (instance / "trace").write_text(f"mei_reg_read: [{HECI}] read H_CSR:[0x4] = 0x10000001\n")
        self.assertIn(b"read H_CSR:[0x4] = 0x10000001", self.collected()["tracepoints"])
        self.assertEqual((instance / "events/mei/enable").read_text(), "0")

    def test_leaves_no_instance_behind(self):
        (self.root / "sys/kernel/tracing/instances").mkdir(parents=True)
        self.assertNotIn("tracepoints", self.collected())
        self.assertEqual(list((self.root / "sys/kernel/tracing/instances").iterdir()), [])

    def test_shows_first_and_wants_to_be_told(self):
        done = self.collect()
        self.assertEqual(done.returncode, 5)
        self.assertRegex(done.stdout, rf"will hold:(?s:.*) 256  pci/{HECI}/config\n")
        self.assertIn("give -y", done.stderr)
        self.assertEqual(self.collect("--list").returncode, 0)
        self.assertFalse(self.out.exists())

    def test_without_an_engine_the_rest_is_taken(self):
        done = self.collect("-y", device="/dev/no-such-mei")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("/dev/no-such-mei", done.stderr)
        self.assertIn("dmesg", held(self.out))

    def test_a_file_that_cannot_be_written_is_an_error(self):
        self.out = self.folder / "no/such/folder.tar"
        done = self.collect("-y")
        self.assertEqual(done.returncode, 1)
        self.assertIn("folder", done.stderr)


class Machine(Collected):
    """mesim board from: what was gathered becomes a machine."""

    def board_from(self, *words):
        self.profile = self.folder / "board.toml"
        return subprocess.run([BIN / "mesim", "board", "from", self.out, "--output", self.profile, *words], capture_output=True,
                              text=True, check=False)

    def info(self, device, *words):
        return json.loads(subprocess.run([BIN / "meupdate", "info", "--device", device, "--format", "json", *words],
                                         capture_output=True, text=True, check=True).stdout)

    def test_answers_as_the_board_did(self):
        """Boards that differ from the one that is extended in much that was measured."""
        other = ["settings.last_update_status=7", "settings.local_update=disabled", "firmware.version=\"5.0.9.1234\"",
                 "surroundings.mebx_version=\"5.0.9.9\"", "settings.provisioning_state=pre", "tpm.state.active=true", "tpm.lockout.threshold=7"]
        for machine, values in (("esprimo-e5730", other), ("thinkpad-t400", []), ("desktop-h87-9.1", []), ("laptop-tgl", [])):
            changed = [word for value in values for word in ("--set", value)]
            subprocess.run([BIN / "meupdate", "collect", "-y", "--root", self.folder / "nothing", "--device", f"sim:{machine}", *changed,
                            self.out], check=True, stdout=subprocess.DEVNULL)
            done = self.board_from()
            self.assertEqual(done.returncode, 0, done.stderr)
            real, ours = self.info(f"sim:{machine}", *changed), self.info(f"sim:{self.profile}")
            for each, name in ((real, machine), (ours, "board")):
                del each["device"]
                for gap in each["gaps"].values():
                    gap["reason"] = gap["reason"].replace(f"machine {name} ", "machine ")
                each["tpm"].pop("reached_through", None) if each["tpm"] else None
                for card in filter(None, (each["wired"], each["wireless"])):
                    card["mac"] = card["ipv4"] = "not taken"
            self.assertEqual(ours, real, machine)

    def archive_of_the_script(self):
        subprocess.run(["sh", TREE / "scripts/collect.sh", "-y", "--root", self.root, self.out], check=True, stdout=subprocess.DEVNULL)

    def test_takes_the_configuration_space_with_its_source(self):
        self.archive_of_the_script()
        done = self.board_from()
        self.assertEqual(done.returncode, 0, done.stderr)
        text = self.profile.read_text()
        config = f"[measured, pci/{HECI}/config, "
        for line in ("pci.device_id = 0x8C3A  # " + config + "02h]", "pci.revision = 0x04  # " + config + "08h]",
                     "pci.subsystem_vendor = 0x1734  # " + config + "2Ch]", "pci.firmware_status = 0x1E000255  # " + config + "40h and on]",
                     "engine.firmware_status_2 = 0x60002306  # " + config + "40h and on]",
                     'firmware.version = "9.0.2.1345"  # [measured, mei/mei0/fw_ver]', 'description = "FUJITSU ESPRIMO E720, BIOS V4.6.5.4 R1.35.0"'):
            self.assertIn(line, text)
        self.assertEqual(self.info(f"sim:{self.profile}")["firmware_status"], 0x1E000255)

    def archive_with_registers(self, simulated):
        """Of the made-up computer with a simulated engine, which then says of itself whether it is one."""
        instance = self.root / "sys/kernel/tracing/instances/mebench"
        (instance / "events/mei").mkdir(parents=True, exist_ok=True)
        (instance / "events/mei/enable").write_text("0")
        (instance / "trace").write_text(f"mei_reg_read: [{HECI}] read H_CSR:[0x4] = 0x40000001\n")
        subprocess.run([BIN / "meupdate", "collect", "-y", "--root", self.root, "--device", "sim:desktop-h87", self.out], check=True,
                       stdout=subprocess.DEVNULL)
        files = held(self.out)
        log = files["info.log"].replace(b'"simulated": true', b'"simulated": ' + simulated)
        self.assertIn(simulated, log)
        with tarfile.open(self.out, "w", format=tarfile.GNU_FORMAT) as archive:
            for name, contents in {**files, "info.log": log}.items():
                member = tarfile.TarInfo(name)
                member.size = len(contents)
                archive.addfile(member, io.BytesIO(contents))

    def test_names_the_rows_of_the_ledger_that_the_board_answers(self):
        self.archive_with_registers(b"false")
        told = self.board_from().stdout
        ledger = (TREE / "docs/fidelity.md").read_text()
        rows = re.findall(r"(?m)^  ([a-z0-9-]+) +(.*) \[", told)
        self.assertIn(("heci-depth", "64 slots"), rows)
        self.assertIn(("mkhi-limits", "at 20h, 1 connection(s), messages up to 2048 bytes"), rows)
        self.assertIn(("client-no-lme", "not there"), rows)
        self.assertIn(("me9-hbm", "version 1.1"), rows)
        for row, _ in rows:
            self.assertIn(f"\n| {row} |", ledger)
            self.assertIn(f"# ledger {row}: ", self.profile.read_text())
        self.assertIn("heci.depth = 64  # [measured, tracepoints, H_CSR]", self.profile.read_text())

    def test_a_simulated_board_answers_no_row_of_the_ledger(self):
        self.archive_with_registers(b"true")
        self.assertIn("A simulated board told this: it answers no row", self.board_from().stdout)
        text = self.profile.read_text()
        self.assertTrue(text.startswith("# A simulated board, "), text)
        self.assertNotIn("# ledger ", text)

    def test_a_board_of_a_generation_that_no_machine_has_wants_a_machine_named(self):
        (self.root / "sys/class/mei/mei0/fw_ver").write_text("0:6.1.2.3\n")
        self.archive_of_the_script()
        done = self.board_from()
        self.assertEqual(done.returncode, 2)
        self.assertIn("--machine", done.stderr)

    def test_what_is_no_such_archive_is_named(self):
        for contents, told in ((b"no tar", "at offset"), (b"\0" * 1024, '"format" says ""')):
            self.out.write_bytes(contents)
            done = self.board_from()
            self.assertEqual(done.returncode, 2)
            self.assertIn(told, done.stderr)

    def test_words_of_a_stranger_stay_inside_their_quotes(self):
        (self.root / "sys/class/dmi/id/product_name").write_text('X"\nschema = 2\n#\n')
        self.archive_of_the_script()
        done = self.board_from()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('description = "FUJITSU X  schema = 2 #', self.profile.read_text())


class Guest(unittest.TestCase):
    """A stock Linux on a simulated board: the real driver's files, its tracepoints, and the way back to a machine."""

    def test_what_linux_tells_of_a_board_becomes_that_board(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        folder = Path(scratch.name)
        (folder / "in-the-guest").write_text(
            "mount -t debugfs debugfs /sys/kernel/debug; mount -t tracefs tracefs /sys/kernel/tracing\n"
            "meupdate collect -y /tmp/board.tar >&2 || exit 1\n"
            "sh /files/collect.sh -y /tmp/script.tar >&2 || exit 1\n"
            "for name in board script; do echo BEGIN; base64 /tmp/$name.tar; echo END; done\n")
        done = subprocess.run([BIN / "mesim", "guest", "--machine", "esprimo-e5730", "--set", "heci.depth=16", "--set", "pci.revision=5",
                               "--file", folder / "in-the-guest", "--file", TREE / "scripts/collect.sh", "--", "sh", "/files/in-the-guest"],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        packed = re.findall(r"(?s)BEGIN\n(.*?)END", done.stdout)
        archives = []
        for name, text in zip(("board", "script"), packed, strict=True):
            (folder / name).write_bytes(base64.b64decode(text))
            archives.append(held(folder / name))
        mine, scripts = archives
        for extra in ("info.log", "tracepoints"):
            self.assertIn(extra, mine)
            del mine[extra]
        for each in archives:  # the kernel goes on talking in between
            del each["dmesg"]
        self.assertEqual(mine, scripts)
        self.assertIn("debugfs/mei0/meclients", scripts)
        made = subprocess.run([BIN / "mesim", "board", "from", folder / "board", "--output", folder / "board.toml"], capture_output=True,
                              text=True, check=False)
        self.assertEqual(made.returncode, 0, made.stderr)
        profile = (folder / "board.toml").read_text()
        for line in ("heci.depth = 16  # [measured, tracepoints, H_CSR]", "pci.revision = 0x05  # [measured, pci/",
                     "pci.firmware_status = 0x3009065A  # [measured, pci/", "heci.first_dynamic_address = 0x20  # [measured, debugfs/mei0/meclients]",
                     'firmware.version = "5.0.1.1111"  # [measured, info.log'):
            self.assertIn(line, profile)


def main():
    global BIN, TREE
    BIN, TREE = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    unittest.main(argv=["collect_test.py", *sys.argv[3:]])


if __name__ == "__main__":
    main()
