// SPDX-License-Identifier: GPL-2.0-or-later
// The folder that keeps a board, the same that meupdate's --state makes: flash.bin, machine.json,
// lock. While the board runs its flash file follows each operation, so that a killed QEMU is a
// power cut and nothing worse.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/attach/descriptor.h"
#include "emulator/attach/flash_file.h"

namespace emulator::attach::qemu {

struct KeptBoard {
  std::string machine;  ///< as it was named when the folder was made
  std::vector<std::string> set;
  base::Bytes flash;  ///< empty: fresh from the factory
};

class StateFiles {
 public:
  /// Makes the folder where it is missing, and locks it. Errors: busy, io; each names the folder.
  static base::Result<std::unique_ptr<StateFiles>> open(const std::string& folder);

  /// The board in the folder; in a new folder, `wanted`. Errors: invalid (the folder keeps another
  /// board, or is damaged), and those of base::read_file().
  base::Result<KeptBoard> load(const KeptBoard& wanted) const;
  /// `kept` is what load() gave, and `flash` its flash. From here on there is a flash_file(), and
  /// it holds that flash. Errors: io.
  base::Result<void> begin(const KeptBoard& kept, base::ByteView flash);
  FlashFile& flash_file() { return *flash_; }

 private:
  StateFiles(std::string folder, Descriptor lock)
      : folder_(std::move(folder)), lock_(std::move(lock)) {}
  std::string description_path() const { return folder_ + "/machine.json"; }
  std::string flash_path() const { return folder_ + "/flash.bin"; }

  std::string folder_;
  Descriptor lock_;
  std::optional<FlashFile> flash_;
};

}  // namespace emulator::attach::qemu
