// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/cpio_archive.h"

#include <fmt/format.h>

#include <utility>

#include "base/promise.h"

namespace scenarios::guest {
namespace {

constexpr std::uint32_t kFolderMode = 0040755;
constexpr std::uint32_t kFile = 0100644;
constexpr std::uint32_t kProgram = 0100755;
constexpr std::size_t kAlignment = 4;

}  // namespace

void CpioArchive::add_folder(std::string_view path) {
  add(path, kFolderMode, {});
}
void CpioArchive::add_file(std::string_view path, std::string_view contents) {
  add(path, kFile, contents);
}
void CpioArchive::add_program(std::string_view path, std::string_view contents) {
  add(path, kProgram, contents);
}

std::string CpioArchive::finish() {
  add("TRAILER!!!", 0, {});
  return std::exchange(bytes_, {});
}

void CpioArchive::add(std::string_view path, std::uint32_t mode, std::string_view contents) {
  MEBENCH_PROMISE(!path.empty() && !path.starts_with('/'), "a name in an initramfs is relative");
  ++entries_;
  const std::uint32_t links = mode == kFolderMode ? 2 : 1;
  // magic, inode, mode, uid, gid, links, time, size, device and rdevice (major, minor), length of
  // the name with its NUL, checksum
  bytes_ += fmt::format(
      "070701{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}{:08X}"
      "{:08X}{:08X}",
      entries_, mode, 0, 0, links, 0, contents.size(), 0, 0, 0, 0, path.size() + 1, 0);
  bytes_ += path;
  bytes_ += '\0';
  align();
  bytes_ += contents;
  align();
}

void CpioArchive::align() {
  bytes_.append((kAlignment - bytes_.size() % kAlignment) % kAlignment, '\0');
}

}  // namespace scenarios::guest
