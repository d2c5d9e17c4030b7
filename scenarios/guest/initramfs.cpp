// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/initramfs.h"

#include <fmt/format.h>

#include <filesystem>
#include <set>

#include "os/read_file.h"
#include "os/safe_text.h"
#include "scenarios/guest/cpio_archive.h"

namespace scenarios::guest {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

// Serial ports: ttyS0 is the kernel's console, ttyS1 what the command prints, ttyS2 the line on
// which the guest says "boot", "exit N" and "cut", and hears which boot it is. `mesim guest` is at
// the other ends (guest_run.h).
constexpr const char* kInit = R"(#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin HOME=/ TERM=dumb
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
mkdir -p /dev/shm
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
ip link set lo up
stty -F /dev/ttyS1 raw -echo
stty -F /dev/ttyS2 raw -echo
exec 3<>/dev/ttyS2
echo boot >&3
read -r MESIM_BOOT <&3
export MESIM_BOOT
if [ -e /driver ]; then
  insmod /modules/mei.ko
  insmod /modules/mei-me.ko
  for module in watchdog mei_wdt; do
    [ ! -e /modules/$module.ko ] || insmod /modules/$module.ko
  done
  tries=50
  while [ ! -e /dev/mei0 ] && [ $tries -gt 0 ]; do sleep 0.1; tries=$((tries - 1)); done
fi
cd /files
sh /command </dev/null >/dev/ttyS1 2>&1 3>&-
echo "exit $?" >&3
poweroff -f
)";

constexpr const char* kPowerCut = R"(#!/bin/sh
echo cut >/dev/ttyS2
sleep 1000
)";

constexpr std::size_t kLargestPart = 1024;  ///< MiB

Result<std::string> contents_of(const std::string& path) {
  const auto bytes = os::read_file(path, kLargestPart);
  if (!bytes) return bytes.error();
  return std::string(bytes->begin(), bytes->end());
}

Result<void> add_copy(CpioArchive& archive, const std::string& from, const std::string& to) {
  auto contents = contents_of(from);
  if (!contents) return contents.error();
  archive.add_program(to, *contents);
  return {};
}

/// Every file of a folder whose name ends so.
Result<void> add_folder(CpioArchive& archive, const std::string& from, const std::string& ending,
                        const std::string& to) {
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(from, failure)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(ending)) continue;
    if (auto copied = add_copy(archive, entry.path().string(), to + "/" + name); !copied)
      return copied;
  }
  if (failure) return Error{Errc::io, fmt::format("reading {}: {}", from, failure.message())};
  return {};
}

Result<void> add_files(CpioArchive& archive, const std::vector<std::string>& files) {
  std::set<std::string> names;
  for (const std::string& file : files) {
    const std::string name = fs::path(file).filename().string();
    if (!names.insert(name).second) {
      return Error{Errc::invalid, fmt::format("two files are named {}; all are in /files", name)};
    }
    if (auto copied = add_copy(archive, file, "files/" + name); !copied) return copied;
  }
  return {};
}

std::string command_line(const std::vector<std::string>& command) {
  std::string line;
  for (const std::string& word : command) line += os::shell_quoted(word) + " ";
  return line + "\n";
}

}  // namespace

Result<std::string> build_initramfs(const GuestParts& parts, const InitramfsContents& contents) {
  CpioArchive archive;
  for (const char* folder : {"bin", "dev", "proc", "sys", "tmp", "files", "modules", "share",
                             "share/mebench", "share/mebench/machines"})
    archive.add_folder(folder);
  archive.add_program("init", kInit);
  archive.add_program("bin/power-cut", kPowerCut);
  archive.add_file("command", command_line(contents.command));
  if (contents.driver == MeiDriver::loaded) archive.add_file("driver", {});
  auto copied = add_copy(archive, parts.kernel + "/busybox", "bin/busybox");
  if (copied) copied = add_copy(archive, parts.meupdate, "bin/meupdate");
  if (copied) copied = add_folder(archive, parts.kernel, ".ko", "modules");
  if (copied) copied = add_folder(archive, parts.machines, ".toml", "share/mebench/machines");
  if (copied) copied = add_files(archive, contents.files);
  if (!copied) return copied.error();
  return archive.finish();
}

}  // namespace scenarios::guest
