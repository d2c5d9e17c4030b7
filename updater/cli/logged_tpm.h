// SPDX-License-Identifier: BSD-3-Clause
// A TpmTransport that writes every command and every answer into the log, and is otherwise the TPM
// it stands before.
#pragma once

#include "updater/cli/log_file.h"
#include "updater/tpm/tpm_transport.h"

namespace updater::cli {

/// What was made with the owner's secret (the HMACs: who has them can guess passphrases at leisure)
/// and an update's password are blanked in the log; image data is cut after its first bytes.
class LoggedTpm final : public tpm::TpmTransport {
 public:
  LoggedTpm(tpm::TpmTransport& transport, LogFile& log) : transport_(transport), log_(log) {}

  std::string name() const override { return transport_.name(); }
  base::Result<base::Bytes> transmit(base::ByteView command, base::Duration limit) override;

 private:
  tpm::TpmTransport& transport_;
  LogFile& log_;
};

}  // namespace updater::cli
