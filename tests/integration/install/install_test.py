#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""What `cmake --install` puts into a folder works there. install_test.py BUILD CMAKE [TEST]"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD = CMAKE = None
LINK = re.compile(r"\]\(([^)#]+)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.S)  # a lambda, [](int), is no link


class Prefix(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mebench-install-")
        self.addCleanup(folder.cleanup)
        self.prefix = os.path.join(folder.name, "prefix")
        self.elsewhere = os.path.join(folder.name, "elsewhere")
        os.mkdir(self.elsewhere)
        subprocess.run([CMAKE, "--install", BUILD, "--prefix", self.prefix], check=True, stdout=subprocess.DEVNULL)

    def there(self, name):
        return os.path.join(self.prefix, name)

    def run_there(self, program, *words, **environment):
        return subprocess.run([self.there("bin/" + program), *words], cwd=self.prefix, env={**os.environ, **environment},
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


class Installed(Prefix):
    def test_machines_are_those_of_the_prefix(self):
        folder = self.there("share/mebench/machines")
        os.rename(os.path.join(folder, "thinkpad-t400.toml"), os.path.join(folder, "only-here.toml"))
        told = self.run_there("mesim", "machines")
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertIn("only-here ", told.stdout)
        info = self.run_there("meupdate", "info", "--device", "sim:only-here")
        self.assertEqual(info.returncode, 0, info.stdout)
        self.assertIn("4.0.3.1124", info.stdout)

    def test_a_profile_of_the_prefix_wins_over_the_one_in_the_program(self):
        with open(self.there("share/mebench/machines/thinkpad-t400.toml"), "w", encoding="utf-8") as profile:
            profile.write('schema = 1\nfirmware.version = "4.0.9.1"\n')
        info = self.run_there("meupdate", "info", "--device", "sim:thinkpad-t400")
        self.assertEqual(info.returncode, 0, info.stdout)
        self.assertIn("4.0.9.1", info.stdout)

    def test_meupdate_alone_has_its_machines(self):
        alone = shutil.copy(self.there("bin/meupdate"), self.elsewhere)
        os.rename(self.prefix, self.prefix + ".gone")
        # One that extends another.
        info = subprocess.run([alone, "info", "--device", "sim:esprimo-e5730-windows"], cwd=self.elsewhere,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        self.assertEqual(info.returncode, 0, info.stdout)
        self.assertIn("5.0.1.1111", info.stdout)

    def test_stories_run_there(self):
        told = self.run_there("mesim", "run", "share/mebench/library/clean-update", "--filter", "thinkpad")
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertRegex(told.stdout, r"\n[1-9][0-9]* scenarios?: [1-9][0-9]* passed, 0 failed")

    def test_dissectors_are_there(self):
        self.assertTrue(os.path.exists(self.there("share/mebench/wireshark/mebench.lua")))

    def test_manual_pages_are_there(self):
        for page in ("meupdate.1", "mesim.1"):
            self.assertTrue(os.path.exists(self.there("share/man/man1/" + page)), page)

    def test_documents_are_there_and_their_links_lead_somewhere(self):
        links = 0
        for folder, _, names in os.walk(self.there("share/doc/mebench")):
            for name in (name for name in names if name.endswith(".md")):
                with open(os.path.join(folder, name), encoding="utf-8") as page:
                    for target in LINK.findall(CODE.sub("", page.read())):
                        if "://" in target:
                            continue
                        links += 1
                        self.assertTrue(os.path.exists(os.path.join(folder, target)), f"{name}: {target}")
        self.assertGreater(links, 30)

    def test_schemas_are_there(self):
        folder = self.there("share/doc/mebench/docs/schema")
        for name in ("info", "update", "run", "reproduce"):
            with open(os.path.join(folder, name + ".schema.json"), encoding="utf-8") as schema:
                self.assertIn("$schema", json.load(schema))

    def test_what_the_shells_complete_is_what_the_programs_say(self):
        for program in ("meupdate", "mesim"):
            for shell, file in (("bash", "bash-completion/completions/" + program), ("zsh", "zsh/site-functions/_" + program),
                                ("fish", f"fish/vendor_completions.d/{program}.fish")):
                with open(self.there("share/" + file), encoding="utf-8") as script:
                    self.assertEqual(script.read(), self.run_there(program, "completion", shell).stdout, file)

    def test_manual_pages_have_the_version(self):
        for program in ("meupdate", "mesim"):
            version = self.run_there(program, "--version").stdout.split()[1]
            with open(self.there(f"share/man/man1/{program}.1"), encoding="utf-8") as page:
                self.assertIn(f'"mebench {version}"', page.read())

    def test_licences_are_there(self):
        for name, words in (("LICENSE", "BSD 3-Clause License"), ("emulator/attach/qemu/COPYING", "GNU GENERAL PUBLIC LICENSE")):
            with open(self.there("share/doc/mebench/" + name), encoding="utf-8") as licence:
                self.assertIn(words, licence.read())

    def test_each_plugin_of_the_build_is_there(self):
        built = os.path.join(BUILD, "lib/mebench")
        plugins = sorted(os.listdir(built)) if os.path.isdir(built) else []
        folder = self.there("lib/mebench")
        self.assertEqual(sorted(os.listdir(folder)) if os.path.isdir(folder) else [], plugins)

    def test_the_python_module_is_there_and_finds_its_library(self):
        test = os.path.join(self.elsewhere, "test_it.py")
        with open(test, "w", encoding="utf-8") as file:
            file.write("import mebench\ndef test_it(board):\n    assert board.fact('version') == '5.0.1.1111'\n"
                       f"    assert mebench.__file__.startswith({self.prefix!r})\n")
        environment = {name: value for name, value in os.environ.items() if name != "MEBENCH_LIBRARY"}
        told = subprocess.run(["/usr/bin/python3", "-m", "pytest", "-p", "no:cacheprovider", "--mebench-machine", "esprimo-e5730", test],
                              env={**environment, "PYTHONPATH": self.there("lib/python3/dist-packages"), "PYTHONDONTWRITEBYTECODE": "1"},
                              cwd=self.elsewhere, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        self.assertIn("1 passed", told.stdout)
        self.assertRegex(told.stdout, r"plugins: .*mebench-[0-9.]+")

    def test_the_python_module_goes_where_debian_looks(self):
        asked = "import site; print(*site.getsitepackages())"
        folders = subprocess.run(["/usr/bin/python3", "-c", asked], check=True, capture_output=True, text=True).stdout.split()
        for prefix in ("/usr", "/usr/local"):
            root = os.path.join(self.elsewhere, prefix.replace("/", "-"))
            subprocess.run([CMAKE, "--install", BUILD, "--prefix", prefix, "--component", "python"], check=True,
                           env={**os.environ, "DESTDIR": root}, stdout=subprocess.DEVNULL)
            there = [folder for folder in folders if os.path.exists(root + folder + "/mebench/__init__.py")]
            self.assertEqual(len(there), 1, folders)
            self.assertTrue(there[0].startswith(prefix + "/lib/python3"), there)
            names = [re.sub("[0-9.]+[.]dist", "N.dist", name) for name in os.listdir(root + there[0])]
            self.assertEqual(sorted(names), ["mebench", "mebench-N.dist-info", "pytest_mebench.py"])

    def test_a_guest_that_lacks_its_kernel_is_told_what_fetches_it(self):
        told = self.run_there("mesim", "guest", "--machine", "esprimo-e5730", "--", "true", XDG_CACHE_HOME=self.elsewhere)
        self.assertEqual(told.returncode, 125, told.stdout)
        script = re.search(r"(\S+) fetches it", told.stdout).group(1)
        self.assertIn(self.elsewhere + "/mebench/guest/kernel/vmlinuz is missing", told.stdout)
        self.assertTrue(script.startswith(self.prefix) and os.access(script, os.X_OK), script)


class Guest(Prefix):
    """Where the build has guests."""

    def test_a_guest_boots(self):
        kernel = os.path.realpath(os.path.join(BUILD, "share/mebench/guest/kernel"))
        os.makedirs(os.path.join(self.elsewhere, "mebench/guest"))
        os.symlink(kernel, os.path.join(self.elsewhere, "mebench/guest/kernel"))
        told = self.run_there("mesim", "guest", "--machine", "esprimo-e5730", "--", "meupdate", "info",
                              XDG_CACHE_HOME=self.elsewhere)
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertIn("/dev/mei0", told.stdout)
        self.assertIn("5.0.1.1111", told.stdout)


if __name__ == "__main__":
    BUILD, CMAKE = os.path.abspath(sys.argv.pop(1)), sys.argv.pop(1)
    unittest.main()
