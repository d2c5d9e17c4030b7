// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_parts.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "os/elf_program.h"

namespace scenarios::guest {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

constexpr const char* kInstalledSetup = "share/mebench/scripts/setup_guest";

/// Where setup_guest keeps what it fetched, for programs that are not in a checkout.
fs::path users_guest_folder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache != '\0') return fs::path(cache) / "mebench/guest";
  const char* home = std::getenv("HOME");
  return fs::path(home == nullptr ? "/" : home) / ".cache/mebench/guest";
}

bool is_on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((fs::path(folder) / program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

bool is_there(const std::string& program) {
  if (program.find('/') == program.npos) return is_on_path(program);
  return ::access(program.c_str(), X_OK) == 0;
}

Result<void> need(const std::string& file, const std::string& how) {
  std::error_code failure;
  if (fs::is_regular_file(file, failure)) return {};
  return Error{Errc::not_found, fmt::format("{} is missing; {}", file, how)};
}

}  // namespace

GuestParts parts_beside_program() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  const fs::path root = program.parent_path().parent_path();
  const fs::path setup = root / kInstalledSetup;
  const bool installed = fs::exists(setup, failure);
  const fs::path guest = installed ? users_guest_folder() : root / "share/mebench/guest";
  return {.vfio_user_qemu = guest / "vfio-user-qemu/run",
          .kernel = guest / "kernel",
          .plugin = root / "lib/mebench/mebench-qemu.so",
          .meupdate = root / "bin/meupdate",
          .machines = root / "share/mebench/machines",
          .setup = installed ? setup.string() : "scripts/setup"};
}

Result<void> check(const GuestParts& parts, Needs needs) {
  const std::string fetch = parts.setup + " fetches it";
  for (const char* file : kKernelFiles) {
    const auto there =
        need(parts.kernel + "/" + file,
             fetch +
                 "; a folder of your own (--kernel) holds vmlinuz, a static busybox and that "
                 "kernel's mei.ko and mei-me.ko, not compressed");
    if (!there) return there;
  }
  if (needs == Needs::plugin && !is_there(parts.qemu)) {
    return Error{Errc::not_found,
                 parts.qemu + " is missing; it is in Debian's package qemu-system-x86"};
  }
  auto device = needs == Needs::plugin
                    ? need(parts.plugin,
                           "a checkout builds it (mebench_qemu) once its scripts/setup has fetched "
                           "QEMU's headers")
                    : need(parts.vfio_user_qemu, fetch);
  if (!device) return device;
  if (auto there = need(parts.meupdate, "it is built and installed with mesim"); !there)
    return there;
  if (os::loading_of(parts.meupdate) == os::Loading::alone) return {};
  return Error{Errc::invalid, fmt::format("{} is not a static program, and the guest has no "
                                          "libraries; configure with -DMEUPDATE_STATIC=ON",
                                          parts.meupdate)};
}

}  // namespace scenarios::guest
