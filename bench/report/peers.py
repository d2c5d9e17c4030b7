# SPDX-License-Identifier: BSD-3-Clause
"""What one would use instead, and the limits of this computer, in the same run. Each is left out, with the reason, where
this computer has none."""
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from .rows import HOST, MIB, row

CHIP, CHIP_SIZE = "MX25L6436", 8 * MIB  # one that flashrom's dummy programmer knows, as large as the owner's board's part
QTEST_READS = 5000
# Those of littlefs' own suites that cut at every single operation in seconds, not minutes.
SUITES_OF_SINGLE_CUTS = ["test_dirs", "test_orphans", "test_relocations"]


def run_peers(quick, littlefs, skipped):
    """`littlefs`: a checkout whose test runner is built, or None."""
    print("peers: openssl, flashrom, QEMU, littlefs", flush=True)
    runs = 3 if quick else 7
    measured = []
    for peer in (openssl_limits, flashrom_dummy, qtest_reads, lambda runs, skipped: littlefs_cuts(littlefs, skipped)):
        try:
            measured += peer(runs, skipped)
        except (OSError, subprocess.SubprocessError, ValueError) as error:
            skipped.add(peer.__name__, str(error))
    return measured


def openssl_limits(runs, skipped):
    """SHA-1 and SHA-256 of blocks of 1 MiB, and RSA-2048 verifications, as `openssl speed` has them."""
    if not shutil.which("openssl"):
        skipped.add("openssl speed", "openssl is not installed")
        return []
    measured = []
    for name, what in (("sha1", "SHA-1"), ("sha256", "SHA-256")):
        samples = []
        for _ in range(runs):
            out = subprocess.run(["openssl", "speed", "-mr", "-seconds", "1", "-bytes", str(MIB), "-evp", name],
                                 capture_output=True, text=True, check=True).stdout
            samples.append(MIB / float(re.search(r"^\+F:\d+:[^:]+:([\d.]+)", out, re.M).group(1)))
        measured.append(row(f"limit/{name}", f"{what} of 1 MiB, openssl", "limits", HOST, samples, MIB, MIB))
    samples = []
    for _ in range(runs):
        out = subprocess.run(["openssl", "speed", "-mr", "-seconds", "1", "rsa2048"], capture_output=True, text=True,
                             check=True).stdout
        samples.append(verification_of(out))
    measured.append(row("limit/rsa-verify", "verifying an RSA-2048 signature, openssl", "limits", HOST, samples))
    return measured


def verification_of(out):
    """Seconds of one verification in the output of `openssl speed -mr rsa2048`: "+F2:number:bits:sign:verify"."""
    sign, verify = map(float, re.search(r"^\+F2:\d+:\d+:([\d.]+):([\d.]+)", out, re.M).groups())
    # Older versions give seconds, newer ones operations a second; a verification is the quicker of the two.
    return verify if verify < sign else 1 / verify


def flashrom_dummy(runs, skipped):
    """flashrom writes 8 MiB to a chip in its own memory and verifies it."""
    program = shutil.which("flashrom") or shutil.which("flashrom", path="/usr/sbin:/sbin")
    if not program:
        skipped.add("flashrom -p dummy", "flashrom is not installed")
        return []
    with tempfile.TemporaryDirectory() as folder:
        wanted, chip = Path(folder) / "wanted.bin", Path(folder) / "chip.bin"
        chip.write_bytes(b"\xff" * CHIP_SIZE)
        probe = subprocess.run([program, "-p", f"dummy:emulate={CHIP},image={chip}"], capture_output=True, text=True, check=False)
        definition = definition_of(probe.stdout)
        samples = []
        for number in range(runs):
            # Other bytes each time: what is there already would not be written.
            wanted.write_bytes(bytes((i * 37 + number * 11) & 0xFF for i in range(65536)) * (CHIP_SIZE // 65536))
            chip.write_bytes(b"\xff" * CHIP_SIZE)
            began = time.monotonic()
            done = subprocess.run([program, "-p", f"dummy:emulate={CHIP},image={chip}", *definition, "-w", str(wanted)],
                                  capture_output=True, text=True, check=False)
            samples.append(time.monotonic() - began)
            if done.returncode != 0 or chip.read_bytes() != wanted.read_bytes():
                skipped.add("flashrom -p dummy", "it did not write: " + last_line(done.stdout + done.stderr))
                return []
    return [row("peer/flashrom", f"flashrom -p dummy writes and verifies {CHIP_SIZE // MIB} MiB", "peers", HOST, samples,
                CHIP_SIZE, CHIP_SIZE)]


def definition_of(probed):
    """-c NAME where several of flashrom's definitions have the chip's ID; the last one is the newest part's."""
    names = re.findall(r'^Found .* flash chip "([^"]+)"', probed, re.M)
    return ["-c", names[-1]] if len(names) > 1 else []


def last_line(text):
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it says nothing"


def qtest_reads(runs, skipped):
    """A 32-bit read of a device's register through QEMU's own test socket (qtest), from Python."""
    program = shutil.which("qemu-system-x86_64")
    if not program:
        skipped.add("QEMU qtest", "qemu-system-x86_64 is not installed")
        return []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "qtest")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            listener.listen(1)
            listener.settimeout(30)
            with subprocess.Popen([program, "-machine", "q35", "-nodefaults", "-display", "none", "-accel", "tcg", "-S", "-qtest",
                                   f"unix:{path}", "-qtest-log", "/dev/null"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as qemu:
                try:
                    peer, _ = listener.accept()
                    with peer:
                        samples = [qtest_round(peer) for _ in range(runs)]
                finally:
                    qemu.kill()
    return [row("peer/qtest", "register read through QEMU's qtest socket (HPET)", "peers", HOST, samples)]


def qtest_round(peer):
    peer.settimeout(30)
    began = time.perf_counter()
    for _ in range(QTEST_READS):
        peer.sendall(b"readl 0xfed00000\n")
        answer = b""
        while not answer.endswith(b"\n"):
            answer += peer.recv(256)
        if not answer.startswith(b"OK"):
            raise ValueError("qtest answers " + answer.decode(errors="replace").strip())
    return (time.perf_counter() - began) / QTEST_READS


def littlefs_cuts(checkout, skipped):
    """Power cuts of littlefs' own test runner, on one processor: another project's way of asking the same question."""
    if checkout is None:
        skipped.add("littlefs' power cuts", "no checkout is given: --littlefs FOLDER, where `make test-runner` was run")
        return []
    asked = [("peer/littlefs-linear", "littlefs' runner, one cut (-Plinear, all its suites)", ["-Plinear"]),
             ("peer/littlefs-single", f"littlefs' runner, one cut (-P1, {', '.join(SUITES_OF_SINGLE_CUTS)})",
              ["-P1", *SUITES_OF_SINGLE_CUTS])]
    measured = []
    for identity, what, arguments in asked:
        out = subprocess.run(["/usr/bin/python3", "scripts/test.py", "runners/test_runner", "-j1", *arguments], cwd=checkout,
                             capture_output=True, text=True, check=False)
        cuts = re.search(r"(\d+)pls!, in ([\d.]+)s", last_line(out.stdout))
        if out.returncode != 0 or not cuts:
            skipped.add("littlefs' power cuts", last_line(out.stderr + out.stdout))
            return measured
        measured.append(row(identity, what, "explore", HOST, [float(cuts.group(2)) / int(cuts.group(1))]))
    return measured
