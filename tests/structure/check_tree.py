#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""Checks the house: who includes whom, headers that are missing, SPDX lines, file names, private names, where host time is
read, tests that skip.

Usage: check_tree.py ROOT. Prints one line a violation, file:line first, and exits 1 when there is any.
"""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from standard_headers import IncludedHeaders  # noqa: E402

# The folders that hold our files; everything else at the top (build trees, .git) is not ours to judge.
OURS = ["base", "os", "config", "protocol", "emulator", "updater", "scenarios", "include", "face", "python", "examples", "bench",
        "tests", "scripts", ".ci", "cmake"]

# Room -> folders and files its own files may include. The longest matching room decides. Its own folder is always
# allowed; a room that ends in a file name speaks for that file alone.
MAY_INCLUDE = {
    "base": [],
    "protocol": ["base"],
    # What needs POSIX, once each: for the host's side and for what attaches a board to the world; never for a chip.
    "os": ["base"],
    # Files that people write, profiles and stories, read strictly: for who has such files, never for a chip.
    "config": ["base", "os"],
    "emulator/sim": ["base"],
    # Traces say in words what the protocols carried.
    "emulator/trace": ["base", "protocol", "emulator/sim"],
    # The file of --trace.
    "emulator/trace/trace_writer.h": ["base", "protocol", "emulator/sim", "os"],
    "emulator/trace/trace_writer.cpp": ["base", "protocol", "emulator/sim", "os"],
    # Chips know the simulation core and nobody else. machine is the one folder that composes them.
    "emulator/pci": ["base", "protocol", "emulator/sim"],
    "emulator/heci": ["base", "protocol", "emulator/sim"],
    "emulator/flash": ["base", "protocol", "emulator/sim"],
    # The firmware runs on storage it knows as a seam.
    "emulator/firmware": ["base", "protocol", "emulator/sim", "emulator/flash/flash.h"],
    # A client is called by the bus and asks the firmware: the contracts of both, the code of neither.
    "emulator/clients": ["base", "protocol", "emulator/sim", "emulator/heci/me_client.h",
                         "emulator/firmware/firmware_view.h", "emulator/firmware/firmware_config.h",
                         "emulator/firmware/update_session.h", "emulator/firmware/local_update.h",
                         "emulator/firmware/power_policy.h"],
    # The TPM feeds the same update session.
    "emulator/tpm": ["base", "protocol", "emulator/sim", "emulator/firmware/firmware_config.h",
                     "emulator/firmware/firmware_view.h", "emulator/firmware/update_session.h"],
    # The factory makes what the firmware finds: it shares its layouts and the flash's datasheet rows.
    "emulator/factory": ["base", "protocol", "emulator/sim", "emulator/firmware/firmware_config.h",
                         "emulator/firmware/settings_record.h", "emulator/flash/parts.h"],
    # A profile is a file: the one folder of the chip side that knows strict TOML.
    "emulator/machine": ["base", "config", "protocol", "emulator"],
    # The file of a board's own key.
    "emulator/machine/signing_key.cpp": ["base", "config", "protocol", "emulator", "os"],
    "emulator/attach": ["base", "os", "config", "protocol", "emulator"],
    # Three ways in, strangers to one another; what they share lies in attach itself.
    "emulator/attach/swtpm": ["base", "os", "protocol", "emulator/sim", "emulator/tpm", "emulator/machine",
                              "emulator/attach/*"],
    "emulator/attach/vfio_user": ["base", "os", "protocol", "emulator/sim", "emulator/pci", "emulator/machine",
                                  "emulator/attach/*"],
    # QEMU's headers are of no room of ours.
    "emulator/attach/qemu": ["base", "os", "protocol", "emulator/sim", "emulator/pci", "emulator/tpm", "emulator/trace",
                             "emulator/machine", "emulator/attach/*", "qemu", "hw", "qapi", "qom", "sysemu", "system",
                             "migration"],
    "updater": ["base", "os", "protocol", "updater"],
    # Plans and updates speak to whole messages, whatever carries them.
    "updater/update": ["base", "protocol", "updater/update", "updater/image", "updater/inventory",
                       "updater/mei/mei_transport.h", "updater/tpm/field_upgrade.h", "updater/tpm/owner_verdict.h"],
    "updater/inventory": ["base", "protocol", "updater/mei/mei_transport.h", "updater/tpm/tpm12_client.h"],
    "updater/image": ["base", "protocol"],
    # Ways to a device: none of them knows another, nor what travels on it.
    "updater/io": ["base", "os"],
    "updater/mei": ["base", "os", "protocol", "updater/io"],
    "updater/mmio": ["base", "os", "protocol", "updater/io"],
    "updater/tpm": ["base", "os", "protocol/tpm", "updater/io"],
    # What the kernel tells of a board, for an archive; nothing of what is asked of the engine.
    "updater/collect": ["base", "os"],
    # Words about what was found and done; it asks no device.
    "updater/report": ["base", "protocol", "updater/image", "updater/inventory", "updater/tpm", "updater/update"],
    # Where open_device makes a board when asked for "sim:": with the next ones all that knows the emulator on this side.
    "updater/cli/simulated_device.cpp": ["base", "os", "protocol", "updater", "emulator"],
    # What a host knows of such a board: for it and for stories.
    "updater/cli/board_facts.cpp": ["base", "os", "protocol", "updater", "emulator"],
    # An update that is rehearsed on a board made of a dump.
    "updater/cli/rehearsal_board.cpp": ["base", "os", "protocol", "updater", "emulator"],
    "updater/cli/rehearse.cpp": ["base", "os", "protocol", "updater", "emulator"],
    "scenarios": ["base", "os", "config", "protocol", "emulator", "updater", "scenarios"],
    # Stories know nothing of field logs; field logs become stories.
    "scenarios/engine": ["base", "os", "config", "protocol", "emulator", "updater"],
    # What happened, drawn: of a trace, of a run of stories, of a replayed field log.
    "scenarios/page": ["base", "os", "protocol", "emulator/sim", "emulator/trace", "scenarios/engine"],
    # How long an update takes: both halves, no stories. Every page has one head.
    "scenarios/forecast": ["base", "config", "os", "protocol", "emulator", "updater", "scenarios/page/page_head.h",
                           "scenarios/page/html_text.h"],
    # What a real board told becomes a profile.
    "scenarios/measured": ["base", "os", "protocol", "emulator/machine"],
    # What an engine was asked and answered becomes a device, and the other way round.
    "scenarios/recording": ["base", "os", "protocol", "emulator", "scenarios/measured"],
    # Programs of others in front of a story's board; the driver's side of it, and the clock of this computer.
    "scenarios/program": ["base", "os", "protocol", "emulator", "updater/cli/steady_clock.h", "updater/mei", "updater/tpm",
                          "scenarios/engine"],
    # Programs of others in front of a served board, at device files of umockdev's.
    "scenarios/devices": ["base", "os", "protocol", "updater/cli", "updater/mei", "updater/tpm"],
    # Interrupts stories everywhere, and follows what the updater printed.
    "scenarios/explore": ["base", "os", "protocol", "emulator", "scenarios/engine", "scenarios/page/page_head.h",
                          "scenarios/page/html_text.h"],
    # A guest is told stories; neither knows mesim's commands.
    "scenarios/guest": ["base", "os", "protocol", "emulator", "updater", "scenarios/engine"],
    # One line's way from a file to a page: each room knows those before it, none behind it.
    # Text to runs of tools: the words of the old tools, nothing of boards.
    "scenarios/field/reading": ["base", "protocol", "os", "updater/report"],
    # Runs to machines.
    "scenarios/field/boards": ["base", "protocol", "emulator", "scenarios/engine", "scenarios/field/reading"],
    # What our tools print on them.
    "scenarios/field/replay": ["base", "protocol", "os", "emulator", "scenarios/engine", "scenarios/field/reading",
                               "scenarios/field/boards"],
    # A kernel's log to a board that a kernel is booted on; who boots it is a caller's seam.
    "scenarios/field/boot": ["base", "scenarios/field/reading", "scenarios/field/boards", "scenarios/field/replay"],
    # Logs of ME 6 and later to boards, on which an old tool's messages and lines come about.
    "scenarios/field/later": ["base", "os", "protocol", "emulator", "updater/image", "updater/inventory", "updater/mei",
                              "updater/report", "scenarios/engine", "scenarios/field/reading", "scenarios/field/boards",
                              "scenarios/field/replay"],
    # Which open questions explain the logs.
    "scenarios/field/explain": ["base", "protocol", "scenarios/field/reading", "scenarios/field/boards",
                                "scenarios/field/replay"],
    # What a person could do about it.
    "scenarios/field/advise": ["base", "protocol", "emulator", "updater/report", "updater/update", "scenarios/engine",
                               "scenarios/field/reading", "scenarios/field/boards", "scenarios/field/replay",
                               "scenarios/field/explain"],
    # Text, JSON, page, stories.
    "scenarios/field/report": ["base", "protocol", "updater/report", "scenarios/engine", "scenarios/page",
                               "scenarios/field/reading", "scenarios/field/boards", "scenarios/field/replay",
                               "scenarios/field/boot", "scenarios/field/later", "scenarios/field/explain",
                               "scenarios/field/advise"],
    # What is installed: the standard library and itself, and so are the programs that show it.
    "include": [],
    "examples": [],
    # The public libraries: the face on one side, the rooms on the other. The updater's knows no board.
    "face": ["base", "protocol"],
    "face/board": ["base", "protocol", "emulator", "updater/mei", "updater/tpm", "updater/cli/board_facts.h", "face"],
    # For C programs: the same board, what its bus carried, and stories.
    "face/c": ["base", "os/scratch_folder.h", "protocol", "emulator/machine", "updater/cli/steady_clock.h", "scenarios/engine",
               "scenarios/program/device_lines.h", "face"],
    "face/updater": ["base", "protocol", "updater/image", "updater/inventory", "updater/mei", "updater/report", "updater/tpm",
                     "updater/update", "face"],
    "bench": ["base", "os", "config", "protocol", "emulator", "updater", "scenarios", "bench"],
    "tests": ["base", "os", "config", "protocol", "emulator", "updater", "scenarios", "tests"],
}

# Libraries that only some rooms may know, by the beginning of the header's name.
LIBRARIES = {
    "openssl/": ["protocol/image", "protocol/tpm", "emulator/tpm", "scenarios/recording", "tests"],
    "zip.h": ["scenarios/recording"],
    "lzma.h": ["emulator/factory", "updater/image", "tests"],
    "toml++/": ["config"],
    "CLI/": ["updater/cli", "scenarios/cli", "scenarios/devices/main.cpp"],
    "linux/mei.h": ["updater/mei", "scenarios/devices", "tests/updater/mei"],
    "benchmark/": ["bench"],
    "gtest/": ["tests"],
    "gmock/": ["tests"],
    "umockdev": ["scenarios/devices", "tests/updater/mei"],
    # One folder each.
    "libtpms/": ["emulator/tpm"],
    "qemu/": ["emulator/attach/qemu"],
    "hw/": ["emulator/attach/qemu"],
    "libvfio-user.h": [],
}
# Beside its own headers base knows the standard library alone; these are the headers a '<...>' there may name.
STANDARD_HEADER = re.compile(r"^[a-z_]+$")
# Of a C file and of the one header that C programs include: C's own.
C_HEADER = re.compile(r"^std\w+\.h$|^string\.h$")

# Rooms that see nothing but the standard library and the public face.
PUBLIC_FOLDERS = ["include", "examples"]
PUBLIC_HEADER = re.compile(r"^mebench/\w+\.h$")
# Who may look at the board and the updater from outside; everybody else stands behind them.
FACE_ALLOWED = ["include", "face", "examples", "tests/face", "bench"]
PUBLIC_NAMESPACE = re.compile(r"^namespace (?!mebench\b|detail\b)(\w+)")

# Built with QEMU's headers into its process.
GPL_FOLDERS = ["emulator/attach/qemu"]

BAD_NAME = re.compile(r"(^|[_-])(utils?|helpers?|managers?)([_.-]|$)")
# Files that people and programs hand us, and files we make, are opened in os/ alone: it knows of pipes, links and modes.
FILE_OPENED = re.compile(r"\bstd::[io]?fstream\b|\bfopen\s*\(|\brename\s*\(|\bO_CREAT\b|\bmkdir\s*\(")
# Beside tests, benchmarks and programs of the guest: what reads the kernel's own files, and a generator that developers run.
FILE_OPENING_ALLOWED = ["os", "bench", "tests", "updater/mei", "updater/mmio", "updater/io/simulated_board.cpp", "updater/io/device_node.cpp",
                        "updater/cli/host_power.cpp", "emulator/tpm/make_stored_states.cpp"]
HOST_TIME = re.compile(r"\b(sleep_for|sleep_until|usleep|nanosleep|gettimeofday)\b|"
                       r"\b(steady_clock|system_clock|high_resolution_clock)::now\b")
# Programs that live in real time: the installed program's own clock, a served machine's, and benchmarks.
HOST_TIME_ALLOWED = ["updater/cli", "emulator/attach/real_time.cpp", "os/waiting.cpp", "tests/os/waiting_test.cpp", "bench"]
SKIPPED_TEST = re.compile(r"\bGTEST_SKIP\b|\bTEST\w*\(\s*\w+\s*,\s*DISABLED_|\bTEST\w*\(\s*DISABLED_")
# Of an unnamed namespace. The presets compile several files of a folder as one (cmake/room.cmake), and which ones
# changes with every new file.
PRIVATE_ROOMS = ["base", "os", "config", "protocol", "emulator", "updater", "scenarios", "face"]
PRIVATE_TYPE = re.compile(r"^(?:enum class|class|struct) (\w+)\b(?!;)")
PRIVATE_ALIAS = re.compile(r"^using (\w+) = (.*)")
PRIVATE_CONSTANT = re.compile(r"^(?:static )?const(?:expr)? .*?\b(k[A-Z]\w*)(?:\[[^=]*)?(?: =|\{|;|$)")
PRIVATE_FUNCTION = re.compile(r"^(?!using |namespace |return |template )[\w:][\w:<>,&* ]*[ &*](\w+)\((.*)$")
# Code asks a generation's row and knows no number. 0 is none that is known, 1 a version of something else.
GENERATION_COMPARED = re.compile(r"(?:\b|_)(?:major|generation)_?(?:\(\))?(?:\.value)?\s*(?:[=!<>]=|[<>])\s*(?:[2-9]\b|[1-9]\d\b|k([A-Z]\w*))")
GENERATION_TABLE = "protocol/generation.h"
PROGRAM_ROOMS = ["base", "os", "config", "protocol", "emulator", "updater", "scenarios", "face"]
# Made from the table, or bounds of what may be a version at all.
GENERATION_BOUNDS = {"FirstGeneration", "LastGeneration", "FirstUnknownGeneration", "NewestGeneration", "OtherStatusFrom", "LastMajor", "Smallest"}
# What the system offers once, and os/ says in our words.
SYSTEM_CALL = re.compile(r"(?<!\w)::(v?fork|connect|sigaction|socket|waitpid|pipe2?|accept4?|posix_spawnp?)\(|\b(strerror(?:_r)?)\(")
# Words that are easily confused (docs/architecture.md): bare, each is the name of one thing, and of what the library calls so.
BARE_WORD = re.compile(r"^\s*(?:class|struct|enum class) (Fact|Session|Outcome|Board|Explanation)\b(?!;|::)")
BARE_WORD_AT = {
    "Fact": ["protocol/tools/fact.h", "include"],
    "Session": ["emulator/firmware/session.h"],
    "Outcome": ["updater/update/outcome.h", "include"],
    "Board": ["emulator/machine/board.h", "include"],
    "Explanation": ["scenarios/field/explain/explanation.h"],
}
# A page of HTML begins in one place, so that all look alike, and none loads anything.
PAGE_HEAD = re.compile(r"<!doctype|<html\b", re.IGNORECASE)
PAGE_HEAD_AT = ["scenarios/page/page_head.cpp"]
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
SOURCE = {".h", ".cpp", ".c"}


def files(root):
    for top in OURS:
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and not path.is_symlink() and "__pycache__" not in path.parts:
                yield path
    if (root / "CMakeLists.txt").is_file():
        yield root / "CMakeLists.txt"


def inside(name, folders):
    """Whether one of `folders` holds the file; "folder/*" holds what lies in it and not below."""
    return any(name == folder or name.startswith(folder + "/") or
               folder.endswith("/*") and name.rsplit("/", 1)[0] == folder[:-2] for folder in folders)


def room_of(name):
    rooms = [room for room in MAY_INCLUDE if inside(name, [room])]
    return max(rooms, key=len) if rooms else None


def own_folder(room):
    return room.rsplit("/", 1)[0] if room.endswith((".cpp", ".h")) else room


def include_complaints(name, line):
    match = INCLUDE.match(line)
    if not match:
        return
    quoted, angled = match.groups()
    room = room_of(name)
    if room is None:
        yield "no rule says what this folder may include (tests/structure/check_tree.py)"
    elif quoted and room == "tests" and "/" not in quoted:
        return  # a double beside its test
    elif quoted and not inside(quoted, MAY_INCLUDE[room] + [own_folder(room)]):
        yield f'{room} must not include "{quoted}"'
    elif angled and room == "base" and not STANDARD_HEADER.match(angled):
        yield f"base stands on the standard library alone, not on <{angled}>"
    elif angled and name.endswith((".c", "include/mebench/mebench.h")) and C_HEADER.match(angled):
        return
    elif angled and inside(name, PUBLIC_FOLDERS) and not STANDARD_HEADER.match(angled) and not PUBLIC_HEADER.match(angled):
        yield f"{name.split('/')[0]} stands on the standard library and <mebench/...>, not on <{angled}>"
    elif angled and PUBLIC_HEADER.match(angled) and not inside(name, FACE_ALLOWED):
        yield f"<{angled}> is for whoever stands outside the house"
    for library, allowed in LIBRARIES.items():
        if (quoted or angled).startswith(library) and not inside(name, allowed):
            yield f"{library} is not for {name.rsplit('/', 1)[0]}"


def line_complaints(name, line):
    yield from include_complaints(name, line)
    if inside(name, ["include"]) and (match := PUBLIC_NAMESPACE.match(line)):
        yield f"what is installed lives in mebench, not in {match[1]}"
    if HOST_TIME.search(line) and not inside(name, HOST_TIME_ALLOWED):
        yield "reads the host's time or sleeps; take a base::Clock"
    if FILE_OPENED.search(line) and not inside(name, FILE_OPENING_ALLOWED):
        yield "opens or replaces a file; os/ does that, and knows of pipes, links and modes"
    if inside(name, PROGRAM_ROOMS) and name != GENERATION_TABLE and any(word not in GENERATION_BOUNDS for word in GENERATION_COMPARED.findall(line)):
        yield "knows a generation by its number; ask its row in protocol/generation.h"
    if inside(name, [*PROGRAM_ROOMS, "include"]) and (match := BARE_WORD.match(line)) and not inside(name, BARE_WORD_AT[match[1]]):
        yield f"{match[1]} is {BARE_WORD_AT[match[1]][0]}'s word; call this one by a longer name"
    if PAGE_HEAD.search(line) and inside(name, PROGRAM_ROOMS) and not inside(name, PAGE_HEAD_AT):
        yield "begins a page; page_head() does (scenarios/page)"
    if SKIPPED_TEST.search(line):
        yield "a test that skips itself proves nothing"


def parameter_types(line, following):
    """Of the function that begins with `line`, as text; without the parameters' names and default values."""
    text = line.split("(", 1)[1]
    for more in following:
        if ")" in text:
            break
        text += " " + more.strip()
    parameters = text.rsplit(")", 1)[0].split(",")
    return ", ".join(re.sub(r"(?<=[\w>&*] )\w+$|(?<=[&*])\w+$", "", p.split("=")[0].strip()).strip() for p in parameters)


def private_names(lines):
    """Line number and name of what each unnamed namespace holds; of a function the types of its parameters, too; of an
    alias what it stands for, else None: an alias alone may be there twice."""
    private = False
    for number, line in enumerate(lines, 1):
        if line == "namespace {":
            private = True
        elif line.startswith("}  // namespace"):
            private = False
        elif private:
            if match := PRIVATE_TYPE.match(line) or PRIVATE_CONSTANT.match(line):
                yield number, match[1], None
            elif match := PRIVATE_ALIAS.match(line):
                yield number, match[1], match[2]
            elif match := PRIVATE_FUNCTION.match(line):
                yield number, f"{match[1]}({parameter_types(line, lines[number:number + 6])})", None


class SystemCalls:
    """Where each call of SYSTEM_CALL is; programs that show something to a test or a benchmark's reader may have their own."""

    ROOMS = [*PROGRAM_ROOMS, "bench"]

    def __init__(self):
        self.files = {}

    def complaints(self, name, lines):
        if not inside(name, self.ROOMS):
            return
        for number, line in enumerate(lines, 1):
            for match in SYSTEM_CALL.finditer(line.split("//")[0]):
                call = match[1] or match[2]
                if not inside(name, ["os"]):
                    yield number, f"{call}() is called in os/, once, and told in its words"
                elif self.files.setdefault(call, name) != name:
                    yield number, f"{call}() is called in {self.files[call]} already"


class PrivateNames:
    """Private names of the folders seen so far."""

    def __init__(self):
        self.places = {}

    def complaints(self, name, lines):
        if not inside(name, PRIVATE_ROOMS):
            return
        folder = name.rsplit("/", 1)[0]
        for number, private, meaning in private_names(lines):
            place, other = self.places.setdefault((folder, private), (f"{name}:{number}", meaning))
            if not place.startswith(f"{name}:") and (meaning is None or meaning != other):
                yield number, f"{private} is also private to {place}, and the two may be compiled as one file"


COMMENT = re.compile(r"^\s*(?://|#)")
WORDS_OF_COMMENT = re.compile(r"^\s*(?://|#).*\w")
BEHIND_CODE = re.compile(r"\S\s+///?<? \w")
ONE_WORD = re.compile(r"^\s*(?:///?<?|#) \S+$")
# A shorter line before it was ended on purpose: a list, a paragraph.
REFLOWED = 60


def orphaned_words(lines):
    """Numbers of the lines where a comment runs over by a single word."""
    for number, (before, line, behind) in enumerate(zip(lines, lines[1:], [*lines[2:], ""]), 2):
        is_comment = COMMENT.match(before) or BEHIND_CODE.search(before)
        runs_over = is_comment and len(before) >= REFLOWED and ONE_WORD.match(line)
        if runs_over and not WORDS_OF_COMMENT.match(behind):
            yield number


# A chip's class has its configuration first, then its wires, then what changes, of which it saves all.
CHIPS = ["emulator/pci", "emulator/heci", "emulator/flash", "emulator/firmware", "emulator/tpm", "emulator/clients"]
WIRE = re.compile(r"^  (?:const )?[\w:]+& \w+_;")
STATE = re.compile(r"^  [\w:]+ \w+_ = (?!nullptr)")


def wires_behind_state(lines):
    """Numbers of the lines where a class gets a wire after it has begun with what changes."""
    changes = False
    for number, line in enumerate(lines, 1):
        if re.match(r"^(?:class|struct|\})", line):
            changes = False
        elif STATE.match(line):
            changes = True
        elif changes and WIRE.match(line):
            yield number


def wants_spdx(path):
    if path.suffix in SOURCE | {".sh", ".py"} or path.name == "CMakeLists.txt" or path.suffix == ".cmake":
        return True
    with path.open("rb") as file:
        return file.read(2) == b"#!"


def licence_of(name):
    return "GPL-2.0-or-later" if inside(name, GPL_FOLDERS) else "BSD-3-Clause"


def complaints(root):
    private = PrivateNames()
    calls = SystemCalls()
    headers = IncludedHeaders(root)
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if BAD_NAME.search(path.name):
            yield f"{name}:1: a file is named after what it holds, not util, helper or manager"
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        wanted = f"SPDX-License-Identifier: {licence_of(name)}"
        if wants_spdx(path) and not any(wanted in line for line in lines[:3]):
            yield f"{name}:1: no {wanted} in the first three lines"
        if path.suffix in SOURCE:
            for number, line in enumerate(lines, 1):
                for complaint in line_complaints(name, line):
                    yield f"{name}:{number}: {complaint}"
        if wants_spdx(path):
            for number in orphaned_words(lines):
                yield f"{name}:{number}: a comment ends in one orphaned word; set it otherwise"
        if path.suffix == ".h" and inside(name, CHIPS):
            for number in wires_behind_state(lines):
                yield f"{name}:{number}: a wire behind what changes; a chip has configuration, wires, state, in this order"
        if path.suffix in {".h", ".cpp"}:
            for number, used, header in headers.missing(path, lines):
                yield f"{name}:{number}: std::{used} is in <{header}>, which neither this file nor one of ours includes for it"
        if path.suffix == ".cpp":
            for number, complaint in [*private.complaints(name, lines), *calls.complaints(name, lines)]:
                yield f"{name}:{number}: {complaint}"


def main():
    found = list(complaints(Path(sys.argv[1]).resolve()))
    for complaint in found:
        print(complaint)
    print(f"{len(found)} violation(s) of the house rules" if found else "the house rules hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
