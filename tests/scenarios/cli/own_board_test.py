#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Own boards, keys and images, as somebody has them in a folder of his own: no file of the programs is touched.

Usage: own_board_test.py BIN_DIR SOURCE_DIR [unittest arguments].
"""
import hashlib
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

BIN = None

BOARD = """schema = 1
extends = "esprimo-e5730"
[firmware]
key = "keys/own.pem"
[settings]
enabled_update_interfaces = 5
[tpm.state]
owner_secret = "passphrase"
active = true
[update]
data_processing = "5ms"
"""

IMAGES = """
[[image]]
name = "new.bin"
file = "images/new.bin"
[[image]]
name = "stock.bin"
version = "5.2.70.1046"
size = 0x10000
key = "development"
[[image]]
name = "made.bin"
version = "5.2.70.1047"
size = 0x10000
key = "keys/own.pem"
"""

HECI_STORY = """schema = 1
title = "My board takes what I signed over HECI, and nothing else"
machine = "mine"
set.settings.enabled_update_interfaces = 1
""" + IMAGES + """
[[step]]
fwu = [{ start = { image = "stock.bin" } }, { data = { image = "stock.bin" } }, { end = {}, status = 8706 }]
[[step]]
fwu = [{ start = { image = "new.bin" } }, { data = { image = "new.bin" } }, { end = {}, reset = "me" }]
[[step]]
until = { version = "5.2.70.1046", boot = "operational", last_update_status = 0 }
[[step]]
meupdate = ["update", "${image:made.bin}", "-y"]
expect.device = { version = "5.2.70.1047", boot = "operational" }
"""

TPM_STORY = """schema = 1
title = "My board takes what I signed through its TPM"
machine = "mine"
""" + IMAGES + """
[[step]]
tpm = [
  { start = { image = "new.bin", owner = "owner" } },
  { data = { image = "new.bin" } },
  { complete = true },
]
[[step]]
until = { version = "5.2.70.1046", boot = "operational" }
"""

MEUPDATE_STORY = """schema = 1
title = "The updater reads the file that I have"
machine = "mine"
set.settings.enabled_update_interfaces = 1

[[image]]
name = "new.bin"
file = "images/new.bin"

[[step]]
meupdate = ["update", "${image:new.bin}", "-y"]
expect.device = { version = "5.2.70.1046" }
"""


class OwnBoard(unittest.TestCase):
    """A folder with a key, a board, an image that was signed with the key, and stories."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        for name in ["keys", "images", "boards", "empty"]:
            (self.folder / name).mkdir()
        self.key = self.folder / "keys" / "own.pem"
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True, capture_output=True)
        self.write("mine.toml", BOARD)
        self.image = self.folder / "images" / "new.bin"
        self.done(0, "mesim", "image", "build", "--machine", self.folder / "mine.toml", "--version", "5.2.70.1046",
                  "--size", 0x10000, "--output", self.image)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def done(self, status, program, *arguments, cwd="/", machines=None):
        """What the command printed; it must exit with `status`."""
        environment = {k: v for k, v in os.environ.items() if k != "MEBENCH_MACHINES"}
        if machines:
            environment["MEBENCH_MACHINES"] = str(machines)
        done = subprocess.run([BIN / program, *map(str, arguments)], capture_output=True, text=True, check=False, cwd=cwd,
                              env=environment)
        self.assertEqual(done.returncode, status, f"{program} {arguments}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def modulus(self):
        """Of the key as openssl tells it, least significant byte first."""
        told = subprocess.run(["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True, capture_output=True,
                              text=True).stdout
        return bytes.fromhex(told.strip().split("=")[1])[::-1]

    def test_an_image_for_a_board_is_signed_with_the_boards_key(self):
        self.assertEqual(self.image.read_bytes()[0x80:0x180], self.modulus())

    def test_a_story_with_its_own_board_key_and_image_runs_from_anywhere(self):
        stories = [self.write(name, text) for name, text in [
            ("heci.toml", HECI_STORY), ("tpm.toml", TPM_STORY), ("updater.toml", MEUPDATE_STORY)]]
        for cwd, base in [("/", ""), (self.folder, "."), (self.folder / "empty", ".."), (self.folder.parent, self.folder.name)]:
            for story in stories:
                path = Path(base) / story.name if base else story
                self.assertIn("1 passed", self.done(0, "mesim", "run", path, cwd=cwd), f"{path} in {cwd}")

    def test_an_image_that_another_key_signed_fails_the_story(self):
        self.done(0, "mesim", "image", "build", "--machine", "esprimo-e5730", "--version", "5.2.70.1046", "--size", 0x10000,
                  "--output", self.image)
        self.done(1, "mesim", "run", self.write("updater.toml", MEUPDATE_STORY))

    def test_a_boards_name_is_found_in_the_working_folder_and_in_the_variable(self):
        self.assertIn("5.0.1.1111", self.done(0, "meupdate", "info", "--device", "sim:mine", cwd=self.folder))
        self.assertIn("5.0.1.1111", self.done(0, "meupdate", "info", "--device", "sim:mine", machines=self.folder))
        self.assertIn('no machine "mine"', self.done(3, "meupdate", "info", "--device", "sim:mine"))
        listed = self.done(0, "mesim", "machines", machines=self.folder / "empty" / "..")
        self.assertRegex(listed, r"(?m)^mine +8086:2E14 +5\.0\.1\.1111 .*\[/.*mine\.toml\]$")
        self.assertRegex(self.done(0, "mesim", "machines", cwd=self.folder), r"(?m)^mine .*\[mine\.toml\]$")
        self.assertNotIn("mine", self.done(0, "mesim", "machines"))

    def test_the_working_folder_does_not_change_what_a_shipped_name_means(self):
        self.write("esprimo-e5730.toml", 'schema = 1\nextends = "thinkpad-t400"\n')
        told = self.done(0, "meupdate", "info", "--device", "sim:esprimo-e5730", cwd=self.folder)
        self.assertIn("5.0.1.1111", told)
        told = self.done(0, "meupdate", "info", "--device", "sim:esprimo-e5730", machines=self.folder)
        self.assertIn("4.0.3.1124", told)

    def test_whoever_signs_with_an_own_key_is_told_which_board_takes_it(self):
        md5 = hashlib.md5(self.modulus() + (65537).to_bytes(4, "little")).hexdigest()
        build = ["image", "build", "--version", "5.2.70.1046", "--size", 0x10000, "--output", self.folder / "x.bin", "--key",
                 "keys/own.pem", "--machine"]
        told = self.done(0, "mesim", *build, "esprimo-e5730", cwd=self.folder)
        self.assertIn(f"signed with keys/own.pem, MD5 {md5}", told)
        self.assertIn('esprimo-e5730 does not take this key; a profile does that says under [firmware] key = "keys/own.pem"', told)
        self.assertNotIn("does not take", self.done(0, "mesim", *build, "mine", cwd=self.folder))

    def test_a_board_with_an_own_key_is_kept_and_updated_by_meupdate(self):
        board = ["--device", "sim:mine", "--set", "settings.enabled_update_interfaces=1", "--state", self.folder / "state"]
        self.done(0, "meupdate", "update", self.image, "-y", *board, cwd=self.folder)
        self.assertIn("5.2.70.1046", self.done(0, "meupdate", "info", *board, cwd=self.folder))

    def test_what_is_wrong_with_an_own_file_is_told_at_its_place_before_anything_runs(self):
        head = 'schema = 1\ntitle = "x"\nmachine = "mine"\n[[image]]\nname = "new.bin"\n'
        steps = '[[step]]\nwait = "1s"\n'
        for image, word in [
                ('file = "images/gone.bin"\n', "images/gone.bin: there is no such file; file is relative to the story"),
                ('file = "images"\n', "images: this is no regular file"),
                ('file = "images/new.bin"\nversion = "5.0.0.1"\n', "version is of an image that is made"),
                ('version = "5.0.0.1"\nkey = "keys/gone.pem"\n', "keys/gone.pem: No such file"),
                ('version = "5.0.0.1"\nkey = "images/new.pem"\n', "the key is not an unencrypted PEM-encoded RSA-2048"),
                ('version = "5.0.0.1"\nkey = "mine"\n', 'it must be "machine", "development", "other", or')]:
            (self.folder / "images" / "new.pem").write_text("no key", encoding="utf-8")
            told = self.done(2, "mesim", "run", self.write("wrong.toml", head + image + steps))
            self.assertRegex(told, r"wrong\.toml:[67]:\d+: ")
            self.assertIn(word, told)

    def test_an_own_file_can_be_spoilt_and_signed_again(self):
        story = MEUPDATE_STORY.replace('file = "images/new.bin"\n', 'file = "images/new.bin"\n'
                                       'corrupt = [{ field = "sku", u32 = 7 }]\nsign_again = true\n')
        told = self.done(1, "mesim", "run", self.write("spoilt.toml", story))
        self.assertIn("8704", told)


def main():
    global BIN
    BIN = Path(sys.argv[1]).resolve()
    unittest.main(argv=["own_board_test.py", *sys.argv[3:]])


if __name__ == "__main__":
    main()
