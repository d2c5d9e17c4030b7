// SPDX-License-Identifier: BSD-3-Clause
// A connection to a device that another process serves over vfio-user: requests and their replies,
// each with an end to its wait.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "os/descriptor.h"
#include "os/waiting.h"
#include "protocol/board_id.h"
#include "protocol/vfio_user/messages.h"
#include "updater/io/poll.h"

namespace updater::mmio {

class VfioUserLink {
 public:
  /// A device answers in microseconds; a simulation may be busy with a key for a while.
  static constexpr base::Duration kLimit = std::chrono::seconds(10);

  /// Connects and agrees on the version. Errors: not_found (nobody serves there), busy (it serves
  /// another), permission, protocol (it speaks another vfio-user), timeout, io.
  static base::Result<std::unique_ptr<VfioUserLink>> open(const std::string& path,
                                                          base::Clock& clock);
  /// The same over a socket that is connected; `limit` is that of a request with its reply.
  static base::Result<std::unique_ptr<VfioUserLink>> over(os::Descriptor socket,
                                                          const std::string& path,
                                                          base::Clock& clock, base::Duration limit);

  const std::string& path() const { return path_; }
  /// Which board the server says that it serves; nothing: it is none of ours, and does not tell.
  const std::optional<protocol::BoardId>& board_id() const { return board_id_; }

  /// What the reply carries. After an error that is not refused the link is of no more use: every
  /// request fails. Errors: refused (status is the device's errno), disconnected, protocol,
  /// timeout, io.
  base::Result<base::Bytes> request(protocol::vfio_user::Command command, base::ByteView payload);
  /// A request that asks for no reply.
  base::Result<void> post(protocol::vfio_user::Command command, base::ByteView payload);

 private:
  VfioUserLink(os::Descriptor socket, std::string path, base::Clock& clock, base::Duration limit)
      : socket_(std::move(socket)), path_(std::move(path)), clock_(clock), limit_(limit) {}

  base::Result<void> agree();
  base::Error not_agreed(const base::Error& error) const;
  base::Result<void> send(protocol::vfio_user::Command command, std::uint32_t flags,
                          base::ByteView payload, io::Deadline end);
  base::Result<base::Bytes> receive(protocol::vfio_user::Command command, io::Deadline end);
  base::Result<base::Bytes> receive_bytes(std::size_t count, io::Deadline end);
  base::Result<void> go_on(int number, short events, io::Deadline end);
  base::Error broken(base::Errc code, const std::string& why);

  os::Descriptor socket_;
  os::Waiting waiting_;
  std::string path_;
  base::Clock& clock_;
  base::Duration limit_;
  std::optional<protocol::BoardId> board_id_;
  std::uint16_t id_ = 0;
  std::size_t heard_ = 0;  ///< bytes
  bool usable_ = true;
};

}  // namespace updater::mmio
