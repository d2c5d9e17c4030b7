// SPDX-License-Identifier: BSD-3-Clause
// One connection through the mei driver: an open file of /dev/meiN that has been connected to a
// client.
#pragma once

#include <utility>

#include "base/clock.h"
#include "os/descriptor.h"
#include "updater/mei/mei_transport.h"

namespace updater::mei {

/// The file is non-blocking: it is tried first and polled only when it would block, which also
/// makes the driver give the ME its credit. The limit is kept by counting what was waited, so that
/// no clock of the host is read.
class ChardevTransport final : public MeiTransport {
 public:
  ChardevTransport(os::Descriptor file, std::uint32_t max_message_length,
                   std::uint8_t protocol_version, base::Clock& clock)
      : file_(std::move(file)),
        max_(max_message_length),
        version_(protocol_version),
        clock_(clock) {}

  std::uint32_t max_message_length() const override { return max_; }
  std::uint8_t protocol_version() const override { return version_; }
  base::Result<void> send(base::ByteView message, base::Duration limit) override;
  base::Result<base::Bytes> receive(base::Duration limit) override;

 private:
  /// What is left of a caller's patience, and how often the file has been called ready since.
  struct Patience {
    base::Duration left{};
    int wakes = 0;
  };
  /// Waits until the file may be `ready` (POLLIN, POLLOUT). Errors: timeout, io.
  base::Result<void> wait(short ready, Patience& patience, const char* doing);

  os::Descriptor file_;
  std::uint32_t max_;
  std::uint8_t version_;
  base::Clock& clock_;
};

}  // namespace updater::mei
