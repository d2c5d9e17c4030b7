#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Where secrets go and do not go: stories and updates with known ones, and every file and line they leave is searched.

Usage: secrets_test.py PROGRAMS [TEST...]. PROGRAMS is the folder of mesim and meupdate.
"""
import base64
import hashlib
import json
import os
import shlex
import signal
import stat
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAMS = ""
MEBX = "Pa55w0rd!mebx"
OWNER = "0wner-Passphr4se!"
IMAGE_VERSION = "5.2.70.1046"

BOARD = f"""
schema = 1
machine = "esprimo-e5730"
[set]
update.data_processing = "5ms"
tpm.timing.upgrade_block = "1ms"
settings.enabled_update_interfaces = 7
settings.local_update = "password"
settings.override_qualifier = "never"
settings.update_password = "{MEBX}"
tpm.state.ownership = "owned"
tpm.state.owner_secret = "passphrase"
tpm.state.owner_passphrase = "{OWNER}"
tpm.state.enabled = true
tpm.state.active = true
[[image]]
name = "new.bin"
version = "{IMAGE_VERSION}"
size = 0x10000
[[file]]
name = "mebx.txt"
text = "{MEBX}\\n"
[[file]]
name = "owner.txt"
text = "{OWNER}\\n"
"""

# Each hands the secrets over in another way; the last two fail, so that reports tell all they can.
STORIES = {
    "tpm.toml": """
title = "Through the TPM, with both"
[[step]]
meupdate = ["update", "${image:new.bin}", "-y", "--via", "tpm", "--owner-passphrase-file", "${file:owner.txt}",
            "--password-file", "${file:mebx.txt}", "--log", "${scratch}/log", "--format", "json"]
""",
    "heci.toml": """
title = "Over HECI"
set.settings.enabled_update_interfaces = 1
[[step]]
meupdate = ["update", "${image:new.bin}", "-y", "--password-file", "${file:mebx.txt}"]
""",
    "messages.toml": f"""
title = "By hand, and not as expected"
set.settings.enabled_update_interfaces = 1
[[step]]
fwu = [{{ start = {{ length = 65536, password = "{MEBX}" }}, status = 1 }}]
""",
    "commands.toml": f"""
title = "TPM commands by hand, and not as expected"
[[step]]
tpm = [{{ prove_owner = "{OWNER}" }}]
[[step]]
tpm_state = {{ owner_passphrase = "{OWNER}" }}
[[step]]
tpm = [{{ start = {{ image = "new.bin", owner = "{OWNER}", password = "{MEBX}" }}, status = 1 }}]
""",
}


def program(name):
    return os.path.join(PROGRAMS, name)


def forms(secret):
    """How a secret can stand in a file: what it is called, and the bytes to search for."""
    text = secret.encode()
    wide = secret.encode("utf-16-le")
    yield "plain", text
    yield "UTF-16", wide
    yield "hex", text.hex().encode()
    yield "HEX", text.hex().upper().encode()
    yield "UTF-16 in hex", wide.hex().encode()
    yield "Base64", base64.b64encode(text).rstrip(b"=")[:-1]
    yield "SHA-1", hashlib.sha1(text).digest()
    yield "SHA-1 in hex", hashlib.sha1(text).hexdigest().encode()
    yield "SHA-1 of UTF-16 in hex", hashlib.sha1(wide).hexdigest().encode()


def found_in(content):
    return [f"{name} of {secret}" for secret in (MEBX, OWNER) for name, form in forms(secret) if form in content]


class Secrets(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def run_program(self, *words, status=None, **more):
        done = subprocess.run([program(words[0]), *words[1:]], capture_output=True, timeout=600, check=False, **more)
        if status is not None:
            self.assertEqual(done.returncode, status, done.stdout.decode() + done.stderr.decode())
        return done

    def expect_clean(self, what, content):
        self.assertTrue(content, f"{what} is empty: nothing was searched")
        self.assertEqual(found_in(content), [], what)


class Stories(Secrets):
    def test_what_stories_print_and_write_holds_none(self):
        for name, steps in STORIES.items():
            title, rest = steps.strip().split("\n", 1)
            more = ""
            if rest.startswith("set."):
                more, rest = rest.split("\n", 1)
                more = more.removeprefix("set.") + "\n"
            head = BOARD.replace("[set]\n", f"{title}\n[set]\n", 1)
            for line in more.splitlines():
                key = line.split(" = ")[0]
                head = "\n".join(old for old in head.split("\n") if not old.startswith(key + " ="))
                head = head.replace("[set]\n", f"[set]\n{line}\n", 1)
            self.write("stories/" + name, head + rest)
        outputs = {name: self.path(name) for name in ("trace.jsonl", "results.json", "junit.xml", "page.html", "gitlab.json")}
        done = self.run_program("mesim", "run", self.path("stories"), "--trace", outputs["trace.jsonl"], "--json",
                                outputs["results.json"], "--junit", outputs["junit.xml"], "--html", outputs["page.html"],
                                "--gitlab", outputs["gitlab.json"], "--annotate", "github", "-v",
                                "--keep-failed", self.path("kept"))
        self.assertEqual(done.returncode, 1, done.stdout.decode() + done.stderr.decode())
        self.assertIn(b"4 scenarios: 2 passed, 2 failed", done.stdout)
        self.expect_clean("standard output", done.stdout)
        self.assertEqual(done.stderr, b"")
        for name in outputs:
            self.expect_clean(name, self.read(name))
        # The trace has the messages that carried them.
        self.assertGreaterEqual(self.read("trace.jsonl").count(b"FWU START 65536 bytes"), 2)
        self.assertEqual(stat.S_IMODE(os.stat(outputs["trace.jsonl"]).st_mode), 0o600)
        kept = sorted(os.listdir(self.path("kept")))
        self.assertEqual(len(kept), 2)
        for name in kept:
            self.expect_clean(name, self.read("kept/" + name))
            self.assertEqual(stat.S_IMODE(os.stat(self.path("kept/" + name)).st_mode), 0o600)
        for command in (["trace", outputs["trace.jsonl"]], ["show", outputs["trace.jsonl"]],
                        ["show", outputs["trace.jsonl"], "--html", "-"]):
            self.expect_clean(" ".join(command), self.run_program("mesim", *command, status=0).stdout)
        for form in ("pcapng", "perfetto"):
            self.run_program("mesim", "trace", form, outputs["trace.jsonl"], self.path(form), status=0)
            self.expect_clean(form, self.read(form))

    def test_the_search_finds_each_form(self):
        for secret in (MEBX, OWNER):
            for name, form in forms(secret):
                self.assertIn(f"{name} of {secret}", found_in(b"..." + form + b"..."))


class Updates(Secrets):
    def setUp(self):
        super().setUp()
        self.image = self.path("new.bin")
        self.run_program("mesim", "image", "build", "--machine", "esprimo-e5730", "--version", IMAGE_VERSION, "--size",
                         "65536", "--output", self.image, status=0)
        self.mebx = self.write("mebx.txt", MEBX + "\n")
        self.owner = self.write("owner.txt", OWNER + "\n")

    def board(self, interfaces, password, passphrase):
        password, passphrase = (text if text.startswith("@") or " " in text else f'"{text}"' for text in (password, passphrase))
        values = [f"settings.enabled_update_interfaces={interfaces}", "settings.local_update=password",
                  "settings.override_qualifier=never", f"settings.update_password={password}",
                  "tpm.state.ownership=owned", "tpm.state.owner_secret=passphrase",
                  f"tpm.state.owner_passphrase={passphrase}", "tpm.state.enabled=true", "tpm.state.active=true"]
        return ["--device", "sim:esprimo-e5730", *[word for value in values for word in ("--set", value)]]

    def update(self, *words, **more):
        return self.run_program("meupdate", "update", self.image, *words, **more)

    def from_files(self, interfaces=1):
        return self.board(interfaces, "@" + self.mebx, "@" + self.owner)

    def test_no_format_and_no_log_shows_one(self):
        for way in ("heci", "tpm"):
            for form in ("text", "json", "fwupdlcl", "fwupdlcl-terse"):
                log = self.path(f"{way}-{form}.log")
                done = self.update("-y", *self.from_files(1 if way == "heci" else 7), "--via", way, "--password-file",
                                   self.mebx, "--owner-passphrase-file", self.owner, "--log", log, "--format", form,
                                   status=0)
                self.expect_clean(f"{way}, {form}", done.stdout + done.stderr)
                self.expect_clean(f"{way}, {form}: the log", self.read(log))
                self.assertIn(b"START" if way == "heci" else b"FieldUpgrade", self.read(log) + b"START")
                self.assertEqual(stat.S_IMODE(os.stat(log).st_mode), 0o600)

    def test_a_value_given_with_set_is_neither_logged_nor_printed(self):
        log = self.path("log")
        done = self.update("-y", *self.board(1, MEBX, OWNER), "--password-file", self.mebx, "--log", log, status=0)
        self.expect_clean("what is printed", done.stdout + done.stderr)
        self.expect_clean("the log", self.read(log))
        first = self.read(log).split(b"\n")[1]
        self.assertIn(b"settings.update_password=@FILE", first)
        self.assertIn(b"FILE is to be a file whose first line is the value", done.stderr)

    def test_the_printed_command_works(self):
        for board, file in ((self.from_files(), None), (self.board(1, MEBX, OWNER), self.mebx)):
            done = self.update("-y", *board, "--password-file", self.mebx, "--format", "json", status=0)
            command = next(line for line in done.stderr.decode().splitlines() if " update " in line).strip()
            words = shlex.split(command)
            if file is not None:
                words = [word.replace("owner_passphrase=@FILE", "owner_passphrase=@" + self.owner).replace("=@FILE", "=@" + file)
                         for word in words]
            again = subprocess.run(words, capture_output=True, timeout=100, check=False)
            self.assertEqual(again.returncode, 0, command + again.stderr.decode())

    def test_a_file_may_hold_whatever_a_password_may_be(self):
        for word in ("12345678", "true", '"quoted"', "a'b\\c#d", " blanks ", "\u00e4\u00f6\u00fc", "a=b", "@at", "{}[]", "5.2.70"):
            file = self.write("word.txt", word + "\nnot this line\n")
            done = self.update("-y", *self.board(1, "@" + file, "@" + self.owner), "--password-file", file)
            self.assertEqual(done.returncode, 0, word + done.stderr.decode())

    def test_a_wrong_value_is_not_repeated_by_the_error(self):
        long = self.write("long.txt", MEBX * 4 + "\n")
        for value in (f"{MEBX} {MEBX}", "@" + long, f"@{self.path('none')}"):
            done = self.update("-y", *self.board(1, value, "@" + self.owner), "--log", self.path("log"))
            self.assertEqual(done.returncode, 2 if value != f"@{self.path('none')}" else 3, done.stderr.decode())
            self.expect_clean(value[:10], done.stdout + done.stderr)
            self.expect_clean("the log", self.read("log"))

    def test_a_kept_board_holds_them_for_its_owner_alone(self):
        state = self.path("board")
        self.run_program("meupdate", "info", *self.from_files(), "--state", state, status=0)
        self.assertEqual(stat.S_IMODE(os.stat(state).st_mode), 0o700)
        self.assertEqual(sorted(os.listdir(state)), ["flash.bin", "lock", "machine.json"])
        for name in os.listdir(state):
            self.assertEqual(stat.S_IMODE(os.stat(os.path.join(state, name)).st_mode), 0o600)
        # With the same values, from the files or typed, it is the same board; with another password it is not.
        self.run_program("meupdate", "info", *self.from_files(), "--state", state, status=0)
        self.run_program("meupdate", "info", *self.board(1, MEBX, OWNER), "--state", state, status=0)
        other = self.run_program("meupdate", "info", *self.board(1, "another", OWNER), "--state", state, status=2)
        self.expect_clean("the refusal", other.stderr)
        listed = self.run_program("meupdate", "info", "--device", "sim:", "--state", state, "--format", "json", status=0)
        self.expect_clean("info of the board", listed.stdout)

    def test_a_shells_pipe_is_as_good_as_a_file(self):
        words = shlex.join([program("meupdate"), "update", self.image, "-y", *self.from_files()])
        for way in (f"<(printf %s {shlex.quote(MEBX)})", f"<(sleep 0.2; echo {shlex.quote(MEBX)})"):
            done = subprocess.run(["bash", "-c", f"{words} --password-file {way}"], capture_output=True, timeout=100,
                                  check=False)
            self.assertEqual(done.returncode, 0, done.stderr.decode())
        given = shlex.join([program("meupdate"), "update", self.image, "-y", "--password-file", self.mebx,
                            *self.board(1, "@PIPE", "@" + self.owner)])
        given = given.replace("@PIPE", f"@<(echo {shlex.quote(MEBX)})")
        done = subprocess.run(["bash", "-c", given], capture_output=True, timeout=100, check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode())

    def test_a_pipe_that_nobody_writes_is_waited_for_ten_seconds(self):
        os.mkfifo(self.path("pipe"))
        began = time.monotonic()
        done = self.update("-y", *self.from_files(), "--password-file", self.path("pipe"), status=2)
        took = time.monotonic() - began
        self.assertGreater(took, 9)
        self.assertLess(took, 60)
        self.assertIn(b"nobody has written to it in time", done.stderr)

    def test_a_process_that_holds_one_may_not_dump_its_memory(self):
        os.mkfifo(self.path("pipe"))
        waiting = subprocess.Popen([program("meupdate"), "update", self.image, "-y", *self.from_files(),
                                    "--owner-passphrase-file", self.path("pipe"), "--password-file", self.mebx],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(waiting.wait)
        self.addCleanup(waiting.kill)
        # Once the pipe is open for reading, the password has been read.
        with open(self.path("pipe"), "wb"):
            with open(f"/proc/{waiting.pid}/limits", encoding="ascii") as limits:
                core = next(line for line in limits if line.startswith("Max core file size"))
            self.assertEqual(core.split()[4], "0")
            # A signal that dumps core, and that no sanitizer takes for itself.
            os.kill(waiting.pid, signal.SIGABRT)
            _, status = os.waitpid(waiting.pid, 0)
        waiting.returncode = -signal.SIGABRT
        self.assertEqual(os.WTERMSIG(status), signal.SIGABRT)
        self.assertFalse(os.WCOREDUMP(status))


class HostileFiles(Secrets):
    GOOD = 'schema = 1\ntitle = "good"\nmachine = "esprimo-e5730"\n[[step]]\nwait = "1s"\n'

    def test_a_bad_story_takes_no_other_along(self):
        deep = "a." * 50000 + "a = 1\n"
        self.write("stories/a-deep-key.toml", self.GOOD + deep)
        self.write("stories/b-deep-array.toml", f"x = {'[' * 50000}{']' * 50000}\n" + self.GOOD)
        self.write("stories/c-deep-table.toml", self.GOOD + f"[{'a.' * 50000}a]\n")
        os.mkfifo(self.path("stories/d-pipe.toml"))
        with open(self.path("stories/e-binary.toml"), "wb") as file:
            file.write(bytes(range(256)) * 100)
        self.write("stories/f-huge.toml", self.GOOD + "#" * (5 << 20))
        self.write("stories/g-extends-deep.toml", self.GOOD.replace("title", 'extends = "a-deep-key.toml"\ntitle', 1))
        self.write("stories/h-machine-is-a-pipe.toml", self.GOOD.replace('"esprimo-e5730"', '"./d-pipe.toml"'))
        self.write("stories/i-machine-is-deep.toml", self.GOOD.replace('"esprimo-e5730"', '"./a-deep-key.toml"'))
        os.symlink("/dev/zero", self.path("stories/j-device.toml"))
        self.write("stories/y-good.toml", self.GOOD)
        self.write("stories/z-good.toml", self.GOOD)
        done = self.run_program("mesim", "run", self.path("stories"), "--json", self.path("results.json"), status=2)
        results = {each["id"]: each for each in json.loads(self.read("results.json"))["scenarios"]}
        self.assertEqual(len(results), 12, sorted(results))
        for name, each in results.items():
            good = name in ("y-good.toml", "z-good.toml")
            self.assertEqual(each["verdict"], "passed" if good else "script_error", name)
        for name, words in {"a-deep-key.toml": "a-deep-key.toml:6:61: keys, tables and arrays nest deeper than 32",
                            "b-deep-array.toml": "b-deep-array.toml:1:36: keys, tables and arrays nest deeper",
                            "c-deep-table.toml": "nest deeper than 32", "d-pipe.toml": "it is a pipe",
                            "f-huge.toml": "larger than 4 MiB", "g-extends-deep.toml": "nest deeper",
                            "h-machine-is-a-pipe.toml": "it is a pipe", "i-machine-is-deep.toml": "nest deeper",
                            "j-device.toml": "it is a device"}.items():
            self.assertIn(words, results[name]["message"], name)
        self.assertIn(b"2 passed", done.stdout)

    def test_what_is_no_file_is_refused_at_once(self):
        os.mkfifo(self.path("pipe"))
        self.write("deep.toml", "schema = 1\n" + "a." * 50000 + "a = 1\n")
        for words, status, said in (
                (("meupdate", "image", self.path("pipe")), 2, b"it is a pipe"),
                (("meupdate", "image", "/dev/zero"), 2, b"it is a device"),
                (("meupdate", "image", self.folder), 2, b"it is a folder"),
                (("meupdate", "update", self.path("pipe"), "--device", "sim:esprimo-e5730"), 2, b"it is a pipe"),
                (("meupdate", "info", "--device", "sim:" + self.path("pipe")), None, b"it is a pipe"),
                (("meupdate", "info", "--device", "sim:" + self.path("deep.toml")), 2, b"deep.toml:2:65: "),
                (("meupdate", "info", "--device", "sim:esprimo-e5730", "--set", "a." * 50000 + "a=1"), 2, b"32 parts"),
                (("mesim", "run", self.path("pipe")), 2, b"it is a pipe"),
                (("mesim", "image", "build", "--machine", self.path("pipe"), "--version", IMAGE_VERSION, "--output",
                  self.path("new.bin")), 2, b"it is a pipe")):
            began = time.monotonic()
            done = self.run_program(*words, status=status)
            self.assertIn(said, done.stdout + done.stderr, words[:3])
            self.assertNotEqual(done.returncode, 0)
            self.assertLess(time.monotonic() - began, 9, words[:3])

    def test_a_state_folder_that_others_may_write_to_is_refused(self):
        os.mkdir(self.path("board"))
        os.chmod(self.path("board"), 0o777)
        for words in (("meupdate", "info", "--device", "sim:esprimo-e5730", "--state", self.path("board")),
                      ("mesim", "serve", "--machine", "esprimo-e5730", "--state", self.path("board"))):
            done = self.run_program(*words)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(b"others may write to it (mode 0777)", done.stderr)
        self.assertEqual(os.listdir(self.path("board")), [])

    def test_a_log_and_a_trace_are_not_written_through_a_link(self):
        victim = self.write("victim", "precious")
        os.symlink(victim, self.path("link"))
        story = self.write("story.toml", self.GOOD)
        for words in (("meupdate", "info", "--device", "sim:esprimo-e5730", "--log", self.path("link")),
                      ("mesim", "run", story, "--trace", self.path("link"))):
            done = self.run_program(*words)
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(b"it is a link", done.stderr)
        self.assertEqual(self.read("victim"), b"precious")

    def test_reports_go_to_files_whole_and_to_pipes_straight(self):
        story = self.write("story.toml", self.GOOD)
        done = subprocess.run(["bash", "-c", f"umask 027; {program('mesim')} run {story} --json {self.path('r.json')} "
                               f"--junit >(cat > {self.path('junit')}) --trace /dev/null; echo $?; sleep 0.5"],
                              capture_output=True, timeout=100, check=False)
        self.assertTrue(done.stdout.endswith(b"0\n"), done.stdout + done.stderr)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("r.json")).st_mode), 0o640)
        self.assertIn(b"<testsuite", self.read("junit"))
        done = self.run_program("mesim", "run", story, "--json", "/dev/stdout", status=0)
        self.assertIn(b'"schema": 1', done.stdout)
        self.assertIn(b"1 passed", done.stdout, "what was printed before is still there")


if __name__ == "__main__":
    PROGRAMS = sys.argv.pop(1)
    unittest.main()
