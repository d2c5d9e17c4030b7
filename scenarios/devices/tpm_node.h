// SPDX-License-Identifier: BSD-3-Clause
// /dev/tpm0 as Linux has it (drivers/char/tpm/tpm-dev-common.c): a command is written whole, its
// response is read in as many calls as one likes.
#pragma once

#include "scenarios/devices/device_node.h"
#include "updater/tpm/tpm_transport.h"

namespace scenarios::devices {

class TpmNode final : public DeviceNode {
 public:
  explicit TpmNode(updater::tpm::TpmTransport& tpm) : tpm_(tpm) {}

  /// Waits for the response. EINVAL (not a whole command), E2BIG, EBUSY (the last response was not
  /// read), ETIME, EIO.
  Ending write(File file, base::ByteView command) override;
  /// Nothing is there: 0 bytes, at once.
  std::optional<Ending> read(File file, std::size_t size) override;
  void closed(File) override { response_.clear(); }
  bool readable() const override { return !response_.empty(); }

 private:
  updater::tpm::TpmTransport& tpm_;
  base::Bytes response_;  ///< what was not read yet
};

}  // namespace scenarios::devices
