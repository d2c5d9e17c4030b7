// SPDX-License-Identifier: BSD-3-Clause
// The flash of a machine, written through to its file: what the flash part has taken survives the
// end of this process, however it ends.
#pragma once

#include <string>

#include "base/result.h"
#include "emulator/flash/nor_flash.h"
#include "os/descriptor.h"

namespace emulator::attach {

/// Given to Machine::mirror_flash().
class FlashFile final : public flash::FlashMirror {
 public:
  /// `path` is there and holds the whole flash. Errors: io.
  static base::Result<FlashFile> open(const std::string& path);

  /// Nothing more is written once that has failed: the file is as a power cut would leave it.
  void flash_changed(std::uint32_t address, base::ByteView now) override;
  /// Whether everything was written; the first failure, with the file's name.
  const base::Result<void>& written() const { return written_; }

  /// All of the flash is another, as after a snapshot is loaded; what failed before is made good.
  /// Errors: io.
  base::Result<void> replace(base::ByteView flash);

 private:
  explicit FlashFile(std::string path) : path_(std::move(path)) {}
  base::Result<void> open();

  os::Descriptor file_;
  std::string path_;
  base::Result<void> written_;
};

}  // namespace emulator::attach
