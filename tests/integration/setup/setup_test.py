#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-3-Clause
"""scripts/setup and scripts/setup_guest on a computer that reaches no packages, or a few that are made for the test.

Usage: setup_test.py TREE [TEST...]. TREE is this project's folder, of which the scripts are copied.
"""
import lzma
import os
import shutil
import struct
import subprocess
import sys
import unittest

from scripts_tree import ScriptsTree

LEFT_OUT = ("the guest's kernel", "QEMU's headers", "a QEMU with vfio-user")


def zstd(data):
    return subprocess.run(["zstd", "-q", "-c"], input=data, capture_output=True, check=True).stdout


def vmlinuz(kernel, pack):
    """As the kernel's boot protocol lays it out: two sectors of setup code, 16 bytes that unpack, the payload, its size."""
    payload = pack(kernel) + struct.pack("<I", len(kernel))
    setup = bytearray(2 * 512)
    setup[0x1F1] = 1  # setup_sects, without the first
    struct.pack_into("<II", setup, 0x248, 16, len(payload))  # payload_offset, payload_length
    return bytes(setup) + bytes(16) + payload + b"more"


class Setup(ScriptsTree):
    def setUp(self):
        super().setUp()
        self.cache = os.path.join(self.home, ".cache", "mebench")
        self.write("CMakeLists.txt", "")  # a checkout has one
        for name in ("apt-get", "apt-cache"):
            self.stub(name, "echo 'no network' >&2\nexit 100\n")

    def setup(self, **more):
        return self.run_script("scripts/setup_guest", **more)

    def test_what_cannot_be_fetched_is_said_and_left_out(self):
        done = self.setup()
        self.assertEqual(done.returncode, 0, done.stderr)
        for name in LEFT_OUT:
            self.assertIn("could not fetch " + name, done.stdout)

    def test_with_ci_it_is_an_error(self):
        done = self.setup(CI="true")
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("setup: CI=true, so that is an error", done.stderr)

    def stub_packages(self, pack):
        """The kernel's packages come and can be unpacked."""
        self.stub("apt-cache", 'case "$1" in\n'
                               "depends) echo '  Depends: linux-image-6.1.0-1-amd64';;\n"
                               "show) echo 'Version: 6.1';;\n"
                               "esac\n")
        self.stub("apt-get", 'case "$*" in *download*) : >kernel.deb;; *) exit 100;; esac\n')
        packed = os.path.join(os.path.dirname(self.tree), "vmlinuz")
        with open(packed, "wb") as file:
            file.write(vmlinuz(b"the kernel", pack))
        self.stub("dpkg-deb", 'mkdir -p "$3/boot" "$3/bin" "$3/modules"\n'
                              f'cp "{packed}" "$3/boot/vmlinuz-6.1"; : >"$3/bin/busybox"\n'
                              'for name in mei mei-me watchdog mei_wdt; do : >"$3/modules/$name.ko"; done\n')

    def test_the_kernel_is_unpacked_as_each_debian_packs_it(self):
        for pack in (lzma.compress, zstd):
            self.stub_packages(pack)
            self.assertNotIn("could not fetch the guest's kernel", self.setup().stdout)
            with open(os.path.join(self.cache, "kernel/6.1/vmlinux"), "rb") as file:
                self.assertEqual(file.read(), b"the kernel")
            shutil.rmtree(self.cache)

    def test_an_installed_program_finds_what_a_checkout_fetched(self):
        self.stub_packages(lzma.compress)
        self.setup()
        with open(os.path.join(self.cache, "guest/kernel/vmlinux"), "rb") as file:
            self.assertEqual(file.read(), b"the kernel")

    def test_without_a_checkout_it_fetches_what_guests_boot_from_and_no_headers(self):
        os.remove(os.path.join(self.tree, "CMakeLists.txt"))
        self.stub_packages(lzma.compress)
        done = self.setup()
        self.assertTrue(os.path.exists(os.path.join(self.cache, "guest/kernel/vmlinux")), done.stdout)
        self.assertIn("could not fetch a QEMU with vfio-user", done.stdout)
        self.assertNotIn("headers", done.stdout)
        self.assertFalse(os.path.exists(os.path.join(self.tree, "build")))

    def test_programs_need_no_test_library_and_no_guest(self):
        self.stub("dpkg-query", "exit 1\n")
        self.stub("sudo", '"$@"\n')
        self.stub("apt-get", 'echo "$*" >>asked\n')
        for what, wanted in (("programs", False), ("package", False), ("", True)):
            done = self.run_script("scripts/setup", *what.split())
            self.assertEqual(done.returncode, 0, done.stderr)
            asked = self.read("asked").splitlines()[-1 if what else 1]
            self.assertEqual("libgtest-dev" in asked.split(), wanted, asked)
            self.assertEqual("qemu-system-x86" in asked.split(), wanted, asked)
            self.assertIn("libzstd-dev", asked.split())
            self.assertEqual("debhelper" in asked.split(), what == "package", asked)
            self.assertEqual("could not fetch the guest's kernel" in done.stdout, wanted)
            os.remove(os.path.join(self.tree, "asked"))

    def test_a_long_fetch_says_that_it_goes_on(self):
        self.stub_packages(lzma.compress)
        self.stub("find", 'case "$*" in *busybox*) sleep 2.3;; esac\n/usr/bin/find "$@"\n')
        done = self.setup(TELL_EVERY="1")
        self.assertRegex(done.stdout, r"\nsetup: fetching the guest's kernel: .* \(after \d+ s\)\n")

    def test_a_kernel_whose_binary_and_modules_are_packages_of_their_own_is_fetched_whole(self):
        self.stub_packages(zstd)
        self.stub("apt-cache", 'case "$1 $2" in\n'
                               "'depends linux-image-amd64') echo '  Depends: linux-image-6.19.0-1-amd64';;\n"
                               "'depends linux-image-6.19'*) printf '  %s\\n' 'PreDepends: linux-binary-6.19.0-1-amd64' "
                               "'Depends: linux-modules-6.19.0-1-amd64' 'Depends: linux-base-6.19.0-1-amd64' 'Depends: kmod';;\n"
                               "show*) echo 'Version: 6.19';;\n"
                               "esac\n")
        self.stub("apt-get", 'case "$*" in *download*) while [ "$1" != download ]; do shift; done; shift\n'
                             'for name; do : >"$name.deb"; done;; *) exit 100;; esac\n')
        packed = os.path.join(os.path.dirname(self.tree), "vmlinuz")
        self.stub("dpkg-deb", 'mkdir -p "$3/boot" "$3/bin" "$3/modules"\ncase "$2" in\n'
                              f'*linux-binary-*) cp "{packed}" "$3/boot/vmlinuz-6.19";;\n'
                              '*linux-modules-*) for name in mei mei-me watchdog mei_wdt; do : >"$3/modules/$name.ko"; done;;\n'
                              '*busybox*) : >"$3/bin/busybox";;\nesac\n')
        self.assertNotIn("could not fetch the guest's kernel", self.setup().stdout)
        with open(os.path.join(self.cache, "kernel/6.19/vmlinux"), "rb") as file:
            self.assertEqual(file.read(), b"the kernel")

    def test_a_command_that_fails_half_way_leaves_nothing_in_the_cache(self):
        """What takes a module out of the packages fails in the end."""
        self.stub_packages(lzma.compress)
        self.stub("find", '/usr/bin/find "$@"\ncase "$*" in *watchdog*) exit 1;; esac\n')
        self.assertIn("could not fetch the guest's kernel", self.setup().stdout)
        self.assertEqual(os.listdir(self.cache), [])

    def test_a_copy_into_the_cache_that_is_cut_short_is_not_taken_for_whole(self):
        """mv copies from one file system to another; here it dies after the first file."""
        self.stub_packages(lzma.compress)
        self.stub("mv", 'mkdir -p "$2" && cp "$1/vmlinuz" "$2/"\nkill -9 $PPID\n')
        self.assertNotEqual(self.setup(CI="true").returncode, 0)
        self.assertFalse(os.path.exists(os.path.join(self.cache, "kernel/6.1")))


if __name__ == "__main__":
    ScriptsTree.TREE = os.path.abspath(sys.argv.pop(1))
    sys.argv[1:] = ["Setup." + name if "." not in name else name for name in sys.argv[1:]]
    unittest.main()
