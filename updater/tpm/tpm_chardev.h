// SPDX-License-Identifier: BSD-3-Clause
// A TPM behind Linux' own driver: /dev/tpm0, one whole command a write, one whole response a read
// (drivers/char/tpm).
#pragma once

#include <memory>
#include <optional>

#include "os/descriptor.h"
#include "os/waiting.h"
#include "updater/tpm/tpm_transport.h"

namespace updater::tpm {

class TpmChardev final : public TpmTransport {
 public:
  /// Opens `path`, which nobody else may have open. Errors, each with what to do: not_found,
  /// permission, busy, disconnected, invalid, io.
  static base::Result<std::unique_ptr<TpmChardev>> open(std::string path, base::Clock& clock);
  /// Over a file that is open already.
  TpmChardev(os::Descriptor file, std::string path, base::Clock& clock);

  std::string name() const override { return path_; }
  /// Kernels from 5.0 on hold poll() back while the TPM works, older ones write(): there the
  /// driver's own time for the command (five minutes at most) ends the wait when `limit` does not.
  /// After a timeout the file is opened anew before the next command, which waits for the
  /// abandoned one.
  base::Result<base::Bytes> transmit(base::ByteView command, base::Duration limit) override;

 private:
  base::Result<void> be_open();

  std::optional<os::Descriptor> file_;
  std::string path_;
  base::Clock& clock_;
  os::Waiting waiting_;
};

}  // namespace updater::tpm
