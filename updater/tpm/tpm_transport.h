// SPDX-License-Identifier: BSD-3-Clause
// The seam at a TPM 1.2 as host software sees it: one command in, one response out, over any kind
// of link.
#pragma once

#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"

namespace updater::tpm {

class TpmTransport {
 public:
  virtual ~TpmTransport() = default;

  /// How it was named, for messages: "/dev/tpm0", "swtpm:PATH", "sim:esprimo-e5730".
  virtual std::string name() const = 0;

  /// Sends one whole command and waits at most `limit` for the whole response. Errors: timeout (the
  /// command was cancelled where the link can), disconnected, protocol (short, oversized or
  /// malformed response), permission, io.
  virtual base::Result<base::Bytes> transmit(base::ByteView command, base::Duration limit) = 0;
};

}  // namespace updater::tpm
