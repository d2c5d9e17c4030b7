// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/flash_file.h"

#include "os/fresh_file.h"
#include "os/regular_file.h"
#include "os/write_all.h"

namespace emulator::attach {

using base::Result;

Result<FlashFile> FlashFile::open(const std::string& path) {
  FlashFile file(path);
  if (const auto opened = file.open(); !opened) return opened.error();
  return file;
}

Result<void> FlashFile::open() {
  auto opened = os::open_in_place(path_);
  if (!opened) return opened.error();
  file_ = std::move(opened).value();
  return {};
}

void FlashFile::flash_changed(std::uint32_t address, base::ByteView now) {
  if (written_) written_ = os::write_at(file_, path_, now, address);
}

Result<void> FlashFile::replace(base::ByteView flash) {
  written_ = os::replace_file(path_, flash, os::Readers::owner);
  if (written_) written_ = open();
  return written_;
}

}  // namespace emulator::attach
