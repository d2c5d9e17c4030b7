// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/guest_parts.h"

#include <elf.h>
#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <fstream>

namespace scenarios::guest {
namespace {

namespace fs = std::filesystem;
using base::Errc;
using base::Error;
using base::Result;

Result<void> need(const std::string& file, const char* how) {
  std::error_code failure;
  if (fs::is_regular_file(file, failure)) return {};
  return Error{Errc::not_found, fmt::format("{} is missing; {}", file, how)};
}

/// A program that names an interpreter is loaded with shared libraries.
bool wants_libraries(const std::string& program) {
  std::ifstream file(program, std::ios::binary);
  Elf64_Ehdr header = {};
  file.read(reinterpret_cast<char*>(&header), sizeof header);
  if (!file || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return true;
  for (int i = 0; i < header.e_phnum; ++i) {
    Elf64_Phdr part = {};
    file.seekg(static_cast<std::streamoff>(header.e_phoff) + i * header.e_phentsize);
    file.read(reinterpret_cast<char*>(&part), sizeof part);
    if (!file || part.p_type == PT_INTERP) return true;
  }
  return false;
}

}  // namespace

GuestParts parts_beside_program() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  const fs::path root = program.parent_path().parent_path();
  return {.vfio_user_qemu = root / "share/mebench/guest/vfio-user-qemu/run",
          .kernel = root / "share/mebench/guest/kernel",
          .plugin = root / "lib/mebench/mebench-qemu.so",
          .meupdate = root / "bin/meupdate",
          .machines = root / "share/mebench/machines"};
}

Result<void> check(const GuestParts& parts, Needs needs) {
  constexpr const char* kFetch = "scripts/setup fetches it";
  for (const char* file : kKernelFiles) {
    const auto there = need(
        parts.kernel + "/" + file,
        "scripts/setup fetches it; a folder of your own (--kernel) holds vmlinuz, a static busybox "
        "and that kernel's mei.ko and mei-me.ko, not compressed");
    if (!there) return there;
  }
  auto device =
      needs == Needs::plugin
          ? need(parts.plugin, "scripts/setup fetches QEMU's headers, then build mebench_qemu")
          : need(parts.vfio_user_qemu, kFetch);
  if (!device) return device;
  if (auto there = need(parts.meupdate, "scripts/build makes it, beside mesim"); !there)
    return there;
  if (!wants_libraries(parts.meupdate)) return {};
  return Error{Errc::invalid, fmt::format("{} is not a static program, and the guest has no "
                                          "libraries; configure with -DMEUPDATE_STATIC=ON",
                                          parts.meupdate)};
}

}  // namespace scenarios::guest
