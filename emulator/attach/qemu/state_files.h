// SPDX-License-Identifier: GPL-2.0-or-later
// The folder that keeps a board, the same that meupdate's --state makes: flash.bin, machine.json,
// lock. While the board runs its flash file follows each operation, so that a killed QEMU is a
// power cut and nothing worse.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "emulator/attach/descriptor.h"
#include "emulator/sim/trace.h"

namespace emulator::attach::qemu {

struct KeptBoard {
  std::string machine;  ///< as it was named when the folder was made
  std::vector<std::string> set;
  base::Bytes flash;  ///< empty: fresh from the factory
};

/// Attached to the machine's trace it learns where the flash changes.
class StateFiles final : public sim::TraceSink {
 public:
  /// Makes the folder where it is missing, and locks it. Errors: busy, io; each names the folder.
  static base::Result<std::unique_ptr<StateFiles>> open(const std::string& folder);

  /// The board in the folder; in a new folder, `wanted`. Errors: invalid (the folder keeps another
  /// board, or is damaged), io.
  base::Result<KeptBoard> load(const KeptBoard& wanted) const;
  /// From here on flash.bin holds `flash`. Errors: io.
  base::Result<void> begin(const KeptBoard& kept, base::ByteView flash);
  /// Brings what has changed since to the file. Errors: io.
  base::Result<void> keep(base::ByteView flash);

  /// `flash` is in the part of a sudden: a snapshot's. Errors: io.
  base::Result<void> replace(base::ByteView flash);

  void record(const sim::TraceRecord& record) override;

 private:
  struct Range {
    std::uint32_t address = 0;
    std::uint32_t length = 0;
  };

  StateFiles(std::string folder, Descriptor lock)
      : folder_(std::move(folder)), lock_(std::move(lock)) {}
  base::Result<void> keep(base::ByteView flash, const Range& range);

  std::string folder_;
  Descriptor lock_;
  Descriptor file_;
  base::Bytes on_disk_;         ///< what flash.bin holds
  std::vector<Range> touched_;  ///< by operations since; the last one may not have ended
};

}  // namespace emulator::attach::qemu
