// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/flash_file.h"

#include <fcntl.h>

#include "emulator/attach/file_writing.h"

namespace emulator::attach {

using base::Result;

Result<FlashFile> FlashFile::open(const std::string& path) {
  FlashFile file(path);
  if (const auto opened = file.open(); !opened) return opened.error();
  return file;
}

Result<void> FlashFile::open() {
  file_ = Descriptor(::open(path_.c_str(), O_WRONLY | O_CLOEXEC));
  return file_.is_open() ? Result<void>() : system_error("opening " + path_);
}

void FlashFile::flash_changed(std::uint32_t address, base::ByteView now) {
  if (written_) written_ = write_at(file_, path_, now, address);
}

Result<void> FlashFile::replace(base::ByteView flash) {
  const FreshFile fresh(path_);
  written_ = fresh.write(flash);
  if (written_) written_ = fresh.put_in_place();
  if (written_) written_ = open();
  return written_;
}

}  // namespace emulator::attach
