// SPDX-License-Identifier: BSD-3-Clause
// A TPM behind a data socket as swtpm's --server offers it, and our own emulator: frames in a
// stream, nothing around them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "os/descriptor.h"
#include "os/waiting.h"
#include "updater/tpm/tpm_transport.h"

namespace updater::tpm {

/// A unix socket's path, or a numeric address and a port.
struct SocketAddress {
  std::string path;  ///< empty: TCP
  std::string host;
  std::uint16_t port = 0;
};

/// Text with a '/' is a path; otherwise "127.0.0.1:2321", "[::1]:2321" or "localhost:2321". Names
/// are not looked up: that would be a wait without a limit. Nothing when it is neither.
std::optional<SocketAddress> parse_socket_address(std::string_view text);

class SwtpmSocket final : public TpmTransport {
 public:
  /// Connects. Errors: invalid (`where` is no address), not_found, permission, busy, timeout, io.
  static base::Result<std::unique_ptr<SwtpmSocket>> open(std::string_view where,
                                                         base::Clock& clock);

  std::string name() const override { return name_; }
  /// After a failure the socket is connected anew before the next command: a late answer is never
  /// taken for another's.
  base::Result<base::Bytes> transmit(base::ByteView command, base::Duration limit) override;

 private:
  SwtpmSocket(SocketAddress address, std::string_view where, base::Clock& clock)
      : address_(std::move(address)), name_("swtpm:" + std::string(where)), clock_(clock) {}
  base::Result<void> be_connected();
  void drop_if_stale();
  base::Error unanswered(const base::Error& error) const;

  SocketAddress address_;
  std::string name_;
  base::Clock& clock_;
  os::Waiting waiting_;
  std::optional<os::Descriptor> socket_;
  bool answered_ = false;
};

}  // namespace updater::tpm
