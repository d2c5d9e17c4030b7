// SPDX-License-Identifier: BSD-3-Clause
// The flash of a served machine, written through to its file: what the flash part has taken
// survives the end of this process, however it ends.
#pragma once

#include <string>

#include "base/result.h"
#include "emulator/attach/descriptor.h"
#include "emulator/flash/nor_flash.h"

namespace scenarios::cli {

class FlashFile final : public emulator::flash::FlashMirror {
 public:
  /// `path` is there and holds the whole flash. Errors: io.
  static base::Result<FlashFile> open(const std::string& path);

  void flash_changed(std::uint32_t address, base::ByteView now) override;
  /// Whether everything was written; the first failure, with the file's name.
  const base::Result<void>& written() const { return written_; }

 private:
  FlashFile(emulator::attach::Descriptor file, std::string path)
      : file_(std::move(file)), path_(std::move(path)) {}

  emulator::attach::Descriptor file_;
  std::string path_;
  base::Result<void> written_;
};

}  // namespace scenarios::cli
