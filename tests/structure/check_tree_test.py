#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Shows every rule of check_tree.py going red: a small clean tree, one violation at a time."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_tree  # noqa: E402

SPDX = "// SPDX-License-Identifier: BSD-3-Clause\n"


class HouseRules(unittest.TestCase):
    def complaints(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True)
            path.write_text(text, encoding="utf-8")
            return list(check_tree.complaints(Path(folder)))

    def spdx(self, name):
        return SPDX.replace("BSD-3-Clause", check_tree.licence_of(name))

    def red(self, name, line):
        self.assertTrue(self.complaints(name, self.spdx(name) + line + "\n"), f"{name}: {line}")

    def green(self, name, line):
        self.assertEqual(self.complaints(name, self.spdx(name) + line + "\n"), [], f"{name}: {line}")

    def test_base_knows_the_standard_library_alone(self):
        self.green("base/x.h", "#include <vector>")
        self.green("base/x.h", '#include "base/y.h"')
        for line in ['#include "protocol/sku.h"', "#include <fmt/format.h>", "#include <unistd.h>"]:
            self.red("base/x.h", line)

    def test_protocol_knows_base(self):
        self.green("protocol/mei/x.h", '#include "base/bytes.h"')
        self.red("protocol/mei/x.h", '#include "emulator/sim/trace.h"')
        self.red("protocol/mei/x.h", '#include "updater/mei/mei_transport.h"')

    def test_chips_do_not_know_one_another(self):
        self.green("emulator/heci/x.cpp", '#include "emulator/sim/trace.h"')
        self.green("emulator/heci/x.cpp", '#include "emulator/heci/y.h"')
        for chip, other in [("heci", "flash/flash.h"), ("pci", "heci/heci_device.h"), ("flash", "pci/pci_config.h"),
                            ("firmware", "flash/nor_flash.h"), ("firmware", "clients/fwu_client.h"),
                            ("clients", "heci/heci_device.h"), ("clients", "firmware/firmware.h"),
                            ("clients", "flash/flash.h"), ("factory", "flash/nor_flash.h"),
                            ("factory", "machine/machine.h"), ("sim", "machine/machine.h"),
                            ("tpm", "heci/heci_device.h"), ("heci", "machine/profile.h")]:
            self.red(f"emulator/{chip}/x.cpp", f'#include "emulator/{other}"')

    def test_seams_between_chips_are_open(self):
        self.green("emulator/clients/x.cpp", '#include "emulator/heci/me_client.h"')
        self.green("emulator/clients/x.cpp", '#include "emulator/firmware/firmware_view.h"')
        self.green("emulator/firmware/x.cpp", '#include "emulator/flash/flash.h"')
        self.green("emulator/machine/x.cpp", '#include "emulator/heci/heci_device.h"')

    def test_chips_do_not_know_the_operating_system(self):
        for name in ["updater/mei/x.cpp", "updater/cli/x.cpp", "emulator/attach/x.cpp", "emulator/attach/swtpm/x.cpp",
                     "scenarios/engine/x.cpp", "scenarios/field/reading/x.cpp", "scenarios/cli/x.cpp"]:
            self.green(name, '#include "os/read_file.h"')
        for chip in ["sim", "pci", "heci", "flash", "firmware", "clients", "tpm", "factory", "machine", "trace"]:
            self.red(f"emulator/{chip}/x.cpp", '#include "os/read_file.h"')
        for name in ["base/x.h", "protocol/mei/x.h", "updater/update/x.cpp", "updater/image/x.cpp"]:
            self.red(name, '#include "os/read_file.h"')
        self.green("config/toml_file.cpp", '#include "os/read_file.h"')
        self.red("config/toml_file.cpp", '#include "protocol/firmware_version.h"')
        self.green("emulator/machine/profile.cpp", '#include "config/strict_toml.h"')
        self.red("emulator/heci/x.cpp", '#include "config/strict_toml.h"')
        self.red("updater/cli/run.cpp", '#include "config/strict_toml.h"')
        self.red("scenarios/engine/x.cpp", "#include <toml++/toml.h>")
        self.green("emulator/trace/trace_writer.h", '#include "os/descriptor.h"')
        self.red("os/x.cpp", '#include "protocol/sku.h"')

    def test_files_are_opened_in_one_room(self):
        for line in ["std::ofstream out(path);", "std::ifstream in(path);", 'auto* f = std::fopen(path, "rb");',
                     "std::rename(a, b);", "::open(path, O_WRONLY | O_CREAT, 0600);", "::mkdir(path, 0700);"]:
            line = "#include <cstdio>\n#include <fstream>\n" + line
            self.red("scenarios/engine/x.cpp", line)
            self.red("emulator/attach/x.cpp", line)
            self.red("updater/cli/x.cpp", line)
            self.green("os/x.cpp", line)
            self.green("tests/os/x.cpp", line)

    def test_both_sides_are_strangers(self):
        self.red("emulator/machine/x.cpp", '#include "updater/mei/heci_host.h"')
        self.red("updater/cli/meupdate.cpp", '#include "emulator/machine/machine.h"')
        self.red("updater/mei/x.cpp", '#include "emulator/sim/scheduler.h"')
        self.red("updater/cli/open_device.cpp", '#include "emulator/machine/machine.h"')
        self.green("updater/cli/simulated_device.cpp", '#include "emulator/machine/machine.h"')

    def test_updates_speak_to_whole_messages(self):
        self.green("updater/update/x.cpp", '#include "updater/mei/mei_transport.h"')
        self.red("updater/update/x.cpp", '#include "updater/mei/heci_host.h"')
        self.red("updater/update/x.cpp", '#include "updater/cli/meupdate.h"')

    def test_ways_to_a_device_are_strangers(self):
        ways = ["mei", "mmio", "tpm"]
        for way in ways:
            self.green(f"updater/{way}/x.cpp", '#include "updater/io/x.h"')
            for other in [each for each in ways if each != way] + ["update", "report", "cli", "inventory", "image"]:
                self.red(f"updater/{way}/x.cpp", f'#include "updater/{other}/x.h"')
        self.red("updater/io/x.cpp", '#include "updater/mei/x.h"')

    def test_a_report_asks_no_device(self):
        self.green("updater/report/x.cpp", '#include "updater/update/x.h"')
        for way in ["mei", "mmio", "io", "cli"]:
            self.red("updater/report/x.cpp", f'#include "updater/{way}/x.h"')

    def test_attachments_are_strangers(self):
        ways = ["qemu", "swtpm", "vfio_user"]
        for way in ways:
            self.green(f"emulator/attach/{way}/x.cpp", '#include "emulator/attach/x.h"')
            for other in [each for each in ways if each != way]:
                self.red(f"emulator/attach/{way}/x.cpp", f'#include "emulator/attach/{other}/x.h"')
            self.red(f"emulator/attach/{way}/x.cpp", '#include "emulator/firmware/firmware.h"')

    def test_field_goes_forward_only(self):
        rooms = ["reading", "boards", "replay", "explain", "advise", "report"]
        for number, room in enumerate(rooms):
            for earlier in rooms[:number]:
                self.green(f"scenarios/field/{room}/x.cpp", f'#include "scenarios/field/{earlier}/x.h"')
            for later in rooms[number + 1:]:
                self.red(f"scenarios/field/{room}/x.cpp", f'#include "scenarios/field/{later}/x.h"')
            self.red(f"scenarios/field/{room}/x.cpp", '#include "scenarios/cli/x.h"')
            self.red(f"scenarios/field/{room}/x.cpp", '#include "scenarios/guest/x.h"')
        self.red("scenarios/field/reading/x.cpp", '#include "emulator/machine/machine.h"')

    def test_guests_and_stories_know_no_commands(self):
        for room in ["guest", "engine"]:
            self.red(f"scenarios/{room}/x.cpp", '#include "scenarios/cli/x.h"')
            self.red(f"scenarios/{room}/x.cpp", '#include "scenarios/field/report/x.h"')
        self.red("scenarios/engine/x.cpp", '#include "scenarios/guest/x.h"')

    def test_lower_rooms_do_not_know_scenarios(self):
        self.red("emulator/machine/x.cpp", '#include "scenarios/engine/runner.h"')
        self.red("updater/report/x.cpp", '#include "scenarios/engine/runner.h"')
        self.green("scenarios/engine/x.cpp", '#include "emulator/machine/machine.h"')

    def test_tests_may_keep_a_double_beside_them(self):
        self.green("tests/heci/x_test.cpp", '#include "scripted_firmware.h"')
        self.red("emulator/heci/x.cpp", '#include "ring.h"')

    def test_libraries_stay_in_their_rooms(self):
        self.green("protocol/image/x.cpp", "#include <openssl/evp.h>")
        for name, header in [("emulator/firmware/x.cpp", "openssl/evp.h"), ("updater/mei/x.cpp", "CLI/CLI.hpp"),
                             ("updater/tpm/x.cpp", "libtpms/tpm_library.h"), ("updater/mei/x.cpp", "libvfio-user.h"),
                             ("emulator/heci/x.cpp", "gtest/gtest.h"), ("updater/report/x.cpp", "linux/mei.h"),
                             ("emulator/attach/x.c", "qemu/osdep.h"), ("protocol/mei/x.cpp", "toml++/toml.h")]:
            self.red(name, f"#include <{header}>")

    def test_a_folder_without_a_rule_is_noticed(self):
        self.red("emulator/newcomer/x.cpp", "#include <vector>")

    def test_spdx_lines(self):
        for name in ["base/x.h", "base/x.cpp", "base/CMakeLists.txt", "scripts/x.sh", "tests/x.py", "cmake/x.cmake"]:
            self.assertTrue(self.complaints(name, "nothing\n"), name)
        self.assertTrue(self.complaints("scripts/demo", "#!/bin/bash\nexit\n"))
        self.assertEqual(self.complaints("scripts/demo", "#!/bin/bash\n# SPDX-License-Identifier: BSD-3-Clause\n"), [])
        self.assertEqual(self.complaints("scenarios/machines/x.toml", "name = 1\n"), [])

    def test_one_folder_has_the_licence_of_qemu(self):
        gpl = SPDX.replace("BSD-3-Clause", "GPL-2.0-or-later")
        self.assertEqual(self.complaints("emulator/attach/qemu/x.c", gpl), [])
        self.assertTrue(self.complaints("emulator/attach/qemu/x.c", SPDX))
        self.assertTrue(self.complaints("emulator/attach/x.c", gpl))

    def test_names_that_say_nothing(self):
        for name in ["util.h", "string_utils.cpp", "helper.h", "test_helpers.h", "session_manager.cpp"]:
            self.red(f"base/{name}", "")
        self.green("base/utilization.h", "")

    def test_host_time(self):
        for line in ["std::this_thread::sleep_for(1s);", "auto t = std::chrono::steady_clock::now();",
                     "std::chrono::system_clock::now()", "usleep(5);"]:
            line = "#include <chrono>\n#include <thread>\n" + line
            self.red("emulator/sim/x.cpp", line)
            self.red("tests/sim/x.cpp", line)
            self.green("updater/cli/x.cpp", line)
            self.green("bench/x.cpp", line)

    def neighbours(self, text, other, folder="updater/mei"):
        """What is said of two files of one folder, each with a text in its unnamed namespace."""
        with tempfile.TemporaryDirectory() as root:
            for name, private in [("x.cpp", text), ("y.cpp", other)]:
                path = Path(root) / folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"{SPDX}#include <array>\n#include <string>\nnamespace {{\n{private}\n}}  // namespace\n", encoding="utf-8")
            return list(check_tree.complaints(Path(root)))

    def test_private_names_of_a_folder_are_each_one_things(self):
        for text in ["constexpr int kUsage = 2;", "constexpr Row kRows[] = {", "constexpr std::array kRows = {",
                     "class Search {", "struct Row {", "enum class State {", "Error trouble(const std::string& path) {",
                     "void show(int a,\n          int b) {"]:
            self.assertTrue(self.neighbours(text, text), text)
            self.assertEqual(self.neighbours(text, ""), [], text)
            self.assertEqual(self.neighbours(text, text, folder="tests/updater"), [], text)
        self.assertTrue(self.neighbours("constexpr int kA = 2;", 'constexpr const char* kA = "2";'))
        self.assertTrue(self.neighbours("int f(int a) {", "int f(int b) {"))

    def test_an_alias_may_be_there_twice_and_mean_one_thing(self):
        self.assertEqual(self.neighbours("using Kind = Bus::Kind;", "using Kind = Bus::Kind;"), [])
        self.assertTrue(self.neighbours("using Kind = Bus::Kind;", "using Kind = Fwu::Kind;"))
        self.assertTrue(self.neighbours("using Answer = Tpm::Answer;", "struct Answer {"))

    def test_overloads_are_two_functions(self):
        self.assertEqual(self.neighbours("int f(int a) {", "int f(long a) {"), [])
        self.assertEqual(self.neighbours("int f(const A& a) {", "int f(const A& a, int b) {"), [])

    def test_a_name_of_the_standard_library_comes_with_its_header(self):
        for header, used in [("algorithm", "std::min(a, b)"), ("algorithm", "std::ranges::sort(a)"), ("cstdint", "std::int64_t a"),
                             ("iterator", "std::back_inserter(a)")]:
            self.red("base/x.cpp", f"{used};")
            self.red("base/x.cpp", f"#include <vector>\n{used};")
            self.green("base/x.cpp", f"#include <{header}>\n{used};")
        self.green("base/x.cpp", "int a;  // not std::min")
        self.green("base/x.cpp", "my::min(a, b);")

    def test_the_header_may_come_through_one_of_ours(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in [("base/x.cpp", '#include "base/y.h"\nint a = std::min(1, 2);'),
                               ("base/y.h", '#include "base/z.h"'), ("base/z.h", "#include <algorithm>")]:
                path = Path(folder) / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(SPDX + text + "\n", encoding="utf-8")
            self.assertEqual(list(check_tree.complaints(Path(folder))), [])
            (Path(folder) / "base/z.h").write_text(SPDX + "#include <vector>\n", encoding="utf-8")
            self.assertEqual(len(list(check_tree.complaints(Path(folder)))), 1)

    def test_what_is_installed_stands_on_itself(self):
        for room in ("include/mebench", "examples"):
            for line in ["#include <vector>", "#include <mebench/board.h>"]:
                self.green(f"{room}/x.cpp", line)
            for line in ['#include "base/bytes.h"', "#include <fmt/format.h>", "#include <unistd.h>", '#include "emulator/machine/machine.h"']:
                self.red(f"{room}/x.cpp", line)

    def test_what_c_programs_include_is_c(self):
        for name in ("include/mebench/mebench.h", "examples/x.c"):
            self.green(name, "#include <stdint.h>")
            self.red(name, "#include <unistd.h>")
        self.red("include/mebench/board.h", "#include <stdint.h>")

    def test_the_face_is_for_those_outside(self):
        for name in ("face/board/x.cpp", "tests/face/x.cpp", "bench/x.cpp"):
            self.green(name, "#include <mebench/board.h>")
        for name in ("emulator/machine/x.cpp", "updater/update/x.cpp", "scenarios/engine/x.cpp", "base/x.h", "tests/updater/x.cpp"):
            self.red(name, "#include <mebench/board.h>")

    def test_the_public_updater_knows_no_board(self):
        self.green("face/updater/x.cpp", '#include "updater/update/plan.h"')
        self.red("face/updater/x.cpp", '#include "emulator/machine/machine.h"')
        self.red("face/updater/x.cpp", '#include "updater/cli/board_facts.h"')
        self.green("face/board/x.cpp", '#include "emulator/machine/machine.h"')
        self.red("face/board/x.cpp", '#include "updater/update/plan.h"')
        self.green("face/c/x.cpp", '#include "scenarios/engine/runner.h"')
        self.red("face/c/x.cpp", '#include "os/child_process.h"')

    def test_what_is_installed_lives_in_one_namespace(self):
        for line in ["namespace mebench {", "namespace detail {"]:
            self.green("include/mebench/x.h", line)
        for line in ["namespace base {", "namespace emulator::heci {", "namespace mebenchmark {"]:
            self.red("include/mebench/x.h", line)

    def test_orphaned_words(self):
        long = "// It says something that is only just too long for what a line may hold"
        self.red("emulator/sim/x.h", long + "\n// here.")
        self.red("emulator/sim/x.h", "  /" + long + "\n  /// here.\nint a;")
        self.red("emulator/sim/x.h", long + "\n// here.\n//\n// Of something else.")
        self.red("emulator/sim/x.h", "  up,  ///< it says something that is only just too long for a line\n       ///< here\n};")
        script = "#!/bin/sh\n# SPDX-License-Identifier: BSD-3-Clause\n#" + long[2:] + "\n# here.\nexit\n"
        self.assertTrue(self.complaints("scripts/x", script))
        for kept in [long + "\n// and here.", "// Short.\n// here.", long + "\n// here.\n// And more.", long + "\nhere();"]:
            self.green("emulator/sim/x.h", kept)

    def test_wires_behind_state(self):
        wire, state = "  sim::Trace& trace_;\n", "  LinkState state_ = LinkState::down;\n"
        self.red("emulator/heci/x.h", "class X {\n" + state + wire + "};")
        for kept in ["class X {\n" + wire + state + "};", "class X {\n" + state + "};\nclass Y {\n" + wire + "};"]:
            self.green("emulator/heci/x.h", kept)
        self.green("emulator/machine/x.h", "class X {\n" + state + wire + "};")

    def test_generations_are_known_by_their_rows(self):
        for line in ["return major == 9;", "if (run.generation < 6) return;", "identity.version.major >= 12", "if (generation() <= 5) {",
                     "constexpr bool many = major >= kFirstWithManySlots;", "m.version.major == kMe8"]:
            self.red("emulator/clients/x.cpp", line)
            self.green("protocol/generation.h", line)
            self.green("tests/protocol/x.cpp", line)
        for line in ["if (generation == 0) return;", "request.version_major != 1", "run.generation <= kLastGeneration", "major = 9;",
                     "row.major == major"]:
            self.green("emulator/clients/x.cpp", line)

    def test_the_system_is_asked_in_one_room(self):
        for line in ["const int id = ::fork();", "::connect(a, b, c);", "::sigaction(n, &a, nullptr);", "strerror(errno)",
                     "::socket(AF_UNIX, SOCK_STREAM, 0)", "::pipe2(ends, 0)", "::waitpid(child, &status, 0)",
                     "::posix_spawnp(&id, name, nullptr, nullptr, words, environ)"]:
            for room in ["updater/tpm", "scenarios/engine", "emulator/attach", "bench"]:
                self.red(f"{room}/x.cpp", line)
            self.green("os/x.cpp", line)
            self.green("tests/os/x.cpp", line)
        for line in ["os::fork_here();", "function.connect(listener);", "Bus::connect(a);", "const int id = 0;  // as ::fork() does"]:
            self.green("updater/tpm/x.cpp", line)

    def test_pages_have_one_head(self):
        for line in ['constexpr const char* kHead = "<!DOCTYPE html>";', 'out += "<html lang=en>";']:
            self.red("scenarios/forecast/x.cpp", line)
            self.green("scenarios/page/page_head.cpp", line)
            self.green("tests/scenarios/page/x.cpp", line)

    def test_easily_confused_words_mean_one_thing(self):
        for word in ("Fact", "Session", "Outcome", "Board", "Explanation"):
            for line in (f"struct {word} {{", f"class {word} final : public X {{", f"enum class {word} : int {{"):
                self.red("scenarios/guest/x.h", line)
            for line in (f"class {word};", f"struct Kept{word} {{", f"struct {word}s {{"):
                self.green("scenarios/guest/x.h", line)
            for place in check_tree.BARE_WORD_AT[word]:
                self.green(place if place.endswith(".h") else "include/mebench/x.h", f"struct {word} {{")

    def test_and_once_there(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("os/x.cpp", "os/y.cpp"):
                path = Path(folder) / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(SPDX + "int id = ::fork();\n", encoding="utf-8")
            self.assertEqual(len(list(check_tree.complaints(Path(folder)))), 1)

    def test_skipped_tests(self):
        for line in ["GTEST_SKIP();", "TEST(Heci, DISABLED_Reset) {", "TEST_F(DISABLED_Heci, Reset) {"]:
            self.red("tests/heci/x.cpp", line)


if __name__ == "__main__":
    unittest.main()
