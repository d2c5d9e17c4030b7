#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""The public libraries as a stranger gets them: what they show, what they need, and that programs build on the installed
package. library_test.py TREE BUILD CMAKE flags=FLAGS [TEST]; FLAGS are the compiler's of this build (sanitizers)."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

TREE = BUILD = CMAKE = FLAGS = ""
LIBRARIES = ("board", "updater")  # in C++
ALL = (*LIBRARIES, "c")

# What a public library may need of its system, and under which licence that is. Anything else is a question to be asked
# before it is an answer here; nothing under the GPL alone can be one, for then a program that links us is under it, too.
MAY_NEED = {
    "libtpms.so.0": "BSD-3-Clause",
    "libcrypto.so.3": "Apache-2.0",
    "liblzma.so.5": "0BSD",
    "libfmt.so": "MIT",
    "libtomlplusplus.so": "MIT",
    "libstdc++.so.6": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libgcc_s.so.1": "GPL-3.0-or-later WITH GCC-exception-3.1",
    "libm.so.6": "LGPL-2.1-or-later",
    "libc.so.6": "LGPL-2.1-or-later",
    "ld-linux-x86-64.so.2": "LGPL-2.1-or-later",
    # The sanitizers of a build that has them.
    "libasan.so": "GCC-exception-3.1", "libubsan.so": "GCC-exception-3.1",
}
MAKES_PROCESSES = {"fork", "vfork", "_Fork", "clone", "clone3", "posix_spawn", "posix_spawnp", "system", "popen", "wordexp",
                   "daemon", "forkpty", "execv", "execve", "execvp", "execl", "execlp", "fexecve", "pthread_create",
                   "pthread_atfork"}

# What each example prints, line for line.
PRINTED = {
    "thirty_lines": """\
it runs 5.0.1.1111
the update client answers 52 bytes
after the fault it has power: false
restored, it runs 5.0.1.1111
""",
    "own_client": """\
message 1: "desserts", 10 ms later
message 2: "reward", 10 ms later
message 2: "loop", 10 ms later
message 1: "evil", 10 ms later
""",
    "own_transport": """\
plan: 5.0.1.1111 -> 5.2.70.1046 over heci, 1572864 bytes
ended: updated, 1572864 bytes sent
told of progress: often
the line carried more than the image: yes
the board runs 5.2.70.1046
""",
    "own_updater_test": """\
7 power cuts, 0 failures
""",
}


PRINTED_IN_C = {
    "board_in_c": """\
it runs: 5.0.1.1111
the update client answers 52 bytes
after the fault it has power: false
""",
}


def output_of(*command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}")
    return done.stdout


def sources_of(path):
    """The source that an input of the build is, or those which it compiles as one; of anything else none."""
    path = os.path.normpath(path)
    if path.endswith(".cxx") and "/Unity/" in path:
        return re.findall(r'#include "(.*)"', read(path))
    return [path] if path.endswith((".cpp", ".c")) else []


def library(name):
    return os.path.join(BUILD, "lib", "libmebench.so" if name == "c" else f"libmebench_{name}.so")


def dynamic(name, tag):
    return re.findall(rf"\({tag}\).*\[(.+)\]", output_of("readelf", "--dynamic", "--wide", library(name)))


class Library(unittest.TestCase):
    def test_shows_nothing_but_mebench(self):
        for name in LIBRARIES:
            lines = output_of("nm", "--dynamic", "--demangle", "--defined-only", library(name)).splitlines()
            shown = [re.sub(r"^[0-9a-f]* [A-Za-z] ", "", line) for line in lines]
            mine = re.compile(r"^(?:(?:vtable|typeinfo|typeinfo name) for )?mebench::(?!Board::Parts|Updater::Parts|Plan::Parts|Image::Parts)")
            self.assertEqual([symbol for symbol in shown if not mine.match(symbol)], [], name)
            self.assertTrue(any("mebench::version()" in symbol for symbol in shown), name)

    def test_in_c_shows_what_its_header_declares(self):
        lines = output_of("nm", "--dynamic", "--defined-only", library("c")).splitlines()
        shown = {line.split()[-1] for line in lines}
        header = read(os.path.join(TREE, "include/mebench/mebench.h"))
        declared = set(re.findall(r"(?m)^MEBENCH_API [^(]*?\b(mebench_\w+)\(", header))
        self.assertIn("mebench_board_make", declared)
        self.assertEqual(shown, {name + "@@MEBENCH_1" for name in declared} | {"MEBENCH_1"})

    def test_needs_nothing_under_the_gpl(self):
        for name in ALL:
            needed = dynamic(name, "NEEDED")
            self.assertIn("libc.so.6", needed)
            for soname in needed:
                known = MAY_NEED.get(soname) or MAY_NEED.get(re.sub(r"\.so\..*", ".so", soname))
                self.assertIsNotNone(known, f"{name} needs {soname}, whose licence nobody has looked at")

    def test_the_updater_brings_no_board(self):
        self.assertNotIn("libtpms.so.0", dynamic("updater", "NEEDED"))
        self.assertIn("libtpms.so.0", dynamic("board", "NEEDED"))

    def test_is_made_of_nothing_under_the_gpl(self):
        """Of every object that was linked: the licence line of its source, as Ninja knows the two."""
        for name, some in (("board", "emulator/clients/fwu_client.cpp"), ("updater", "updater/update/plan.cpp"),
                           ("c", "scenarios/engine/runner.cpp")):
            inputs = output_of("ninja", "-C", BUILD, "-t", "inputs", os.path.relpath(library(name), BUILD)).split()
            sources = {source for path in inputs for source in sources_of(os.path.join(BUILD, path))}
            ours = {os.path.relpath(source, TREE) for source in sources if not source.startswith(BUILD + os.sep)}
            self.assertIn(some, ours)
            for source in ours:
                with open(os.path.join(TREE, source), encoding="utf-8") as file:
                    self.assertIn("SPDX-License-Identifier: BSD-3-Clause", file.readline(), source)

    def test_makes_no_process_and_no_thread(self):
        for name in ALL:
            lines = output_of("nm", "--dynamic", "--undefined-only", library(name)).splitlines()
            asked = {line.split()[-1].split("@")[0] for line in lines}
            self.assertIn("memcpy", asked)
            self.assertEqual(sorted(asked & MAKES_PROCESSES), [], name)

    def test_tells_in_its_name_what_fits_together(self):
        version = re.search(r'MEBENCH_VERSION "(.*)"', read(os.path.join(BUILD, "include/mebench/version.h"))).group(1)
        for name in LIBRARIES:
            fits = ".".join(version.split(".")[:2])
            self.assertEqual(dynamic(name, "SONAME"), [f"libmebench_{name}.so.{fits}"])
            self.assertEqual(os.path.basename(os.path.realpath(library(name))), f"libmebench_{name}.so.{version}")
        interface = re.search(r"#define MEBENCH_INTERFACE (\d+)", read(os.path.join(TREE, "include/mebench/mebench.h"))).group(1)
        self.assertEqual(dynamic("c", "SONAME"), [f"libmebench.so.{interface}"])
        self.assertEqual(os.path.basename(os.path.realpath(library("c"))), f"libmebench.so.{interface}.{version}")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Package(unittest.TestCase):
    """Installed into a folder of its own, without anything else of this tree."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mebench-package-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.prefix = self.there("prefix")

    def there(self, name):
        return os.path.join(self.folder, name)

    def install(self):
        output_of(CMAKE, "--install", BUILD, "--prefix", self.prefix, "--component", "library")

    def configure(self, source, *options):
        output_of(CMAKE, "-S", source, "-B", self.there("build"), "-G", "Ninja", "-DCMAKE_CXX_FLAGS=" + FLAGS,
                  "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", *options)

    def commands(self):
        return json.loads(read(self.there("build/compile_commands.json")))

    def test_has_one_face(self):
        self.install()
        found = set()
        for folder, _, names in os.walk(self.prefix):
            found |= {os.path.relpath(os.path.join(folder, name), self.prefix) for name in names}
        headers = {name for name in found if name.startswith("include/")}
        ours = {"include/mebench/" + name for name in os.listdir(os.path.join(TREE, "include/mebench")) if name.endswith(".h")}
        self.assertEqual(headers, ours | {"include/mebench/version.h"})
        others = {os.path.basename(name) for name in found - headers}
        self.assertEqual({name for name in others if not re.match(r"libmebench(_|\.so)|mebench-(config|targets)", name)}, set())
        for name in found:
            if name.endswith(".cmake"):
                self.assertNotIn(TREE, read(os.path.join(self.prefix, name)), name)

    def test_each_header_stands_alone(self):
        self.install()
        for name in sorted(os.listdir(os.path.join(self.prefix, "include/mebench"))):
            output_of("c++", "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-x", "c++",
                      "-I", os.path.join(self.prefix, "include"), "-include", f"mebench/{name}", "/dev/null")
        output_of("cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Wstrict-prototypes", "-Werror", "-fsyntax-only", "-x", "c",
                  "-I", os.path.join(self.prefix, "include"), "-include", "mebench/mebench.h", "/dev/null")

    def test_examples_build_on_it_and_do_what_they_say(self):
        self.install()
        self.configure(os.path.join(TREE, "examples"), "-DCMAKE_PREFIX_PATH=" + self.prefix, "-DCMAKE_C_FLAGS=" + FLAGS)
        for command in self.commands():
            folders = re.findall(r"-(?:I|isystem) ?(\S+)", command["command"])
            self.assertEqual(folders, [os.path.join(self.prefix, "include")])
        output_of(CMAKE, "--build", self.there("build"))
        for name, printed in {**PRINTED, **PRINTED_IN_C}.items():
            self.assertEqual(output_of(self.there("build/" + name)), printed, name)
        there = os.listdir(os.path.join(TREE, "examples"))
        self.assertEqual(sorted(PRINTED), sorted(name[:-4] for name in there if name.endswith(".cpp")))
        self.assertEqual(sorted(PRINTED_IN_C), sorted(name[:-2] for name in there if name.endswith(".c")))

    def test_another_minor_version_is_refused(self):
        self.install()
        project = self.there("project")
        os.mkdir(project)
        for wanted, good in (("0.2", True), ("0.1", False), ("1.0", False)):
            with open(os.path.join(project, "CMakeLists.txt"), "w", encoding="utf-8") as file:
                file.write(f"cmake_minimum_required(VERSION 3.25)\nproject(wants CXX)\nfind_package(mebench {wanted} REQUIRED)\n")
            done = subprocess.run([CMAKE, "-S", project, "-B", self.there("wants"), "-G", "Ninja",
                                   "-DCMAKE_PREFIX_PATH=" + self.prefix], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode == 0, good, wanted + done.stderr)

    def test_is_a_part_of_another_project_as_well(self):
        """add_subdirectory(): the same targets, and nothing of the tree beside them. Compiling all of it again would take
        minutes: the programs are compiled as they would be there, and what would be linked is looked at."""
        project = self.there("project")
        os.mkdir(project)
        with open(os.path.join(project, "CMakeLists.txt"), "w", encoding="utf-8") as file:
            file.write("cmake_minimum_required(VERSION 3.25)\nproject(outer LANGUAGES C CXX)\n"
                       f"add_subdirectory({TREE} mebench EXCLUDE_FROM_ALL)\nadd_subdirectory({TREE}/examples examples)\n")
        self.configure(project, "-DCMAKE_DISABLE_FIND_PACKAGE_CLI11=ON", "-DCMAKE_DISABLE_FIND_PACKAGE_GTest=ON",
                       "-DCMAKE_DISABLE_FIND_PACKAGE_benchmark=ON")
        sources = {os.path.relpath(command["file"], TREE): command for command in self.commands()}
        self.assertIn("emulator/machine/machine.cpp", sources)
        strange = [name for name in sources if re.match("tests/|bench/|scenarios/|emulator/attach/|updater/cli/(?!board_facts)", name)]
        self.assertEqual(strange, [])
        for name in PRINTED:
            folders = re.findall(r"-(?:I|isystem) ?(\S+)", sources[f"examples/{name}.cpp"]["command"])
            self.assertEqual(folders, [os.path.join(TREE, "include"), self.there("build/mebench/include")])
            linked = output_of("ninja", "-C", self.there("build"), "-t", "commands", "-s", f"examples/{name}")
            self.assertIn("libmebench_board.so", linked)
            self.assertEqual(re.findall(r"\S+\.a\b", linked), [], name)
            output_of("sh", "-c", sources[f"examples/{name}.cpp"]["command"] + " -fsyntax-only", cwd=self.there("build"))


if __name__ == "__main__":
    TREE, BUILD, CMAKE, FLAGS = os.path.abspath(sys.argv.pop(1)), os.path.abspath(sys.argv.pop(1)), sys.argv.pop(1), sys.argv.pop(1)
    FLAGS = FLAGS.removeprefix("flags=")
    unittest.main()
