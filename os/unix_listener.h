// SPDX-License-Identifier: BSD-3-Clause
// A listening unix socket that only its owner may connect to, and how he does.
#pragma once

#include <poll.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"

namespace os {

class UnixListener {
 public:
  /// Makes the socket, mode 0600. A socket file that nobody listens on any more is replaced; no
  /// other file ever is. Errors: busy (a program listens there), invalid (the path is too long, or
  /// holds something else), io.
  static base::Result<UnixListener> open(const std::string& path);
  ~UnixListener();
  UnixListener(UnixListener&&) = default;
  UnixListener& operator=(UnixListener&&) = delete;

  int number() const { return socket_.number(); }
  /// Adds the socket to what poll() is to look at, to find peers who wait. Left out once after
  /// accept() found no file left for one: the socket would be ready again and again.
  void list(std::vector<pollfd>& wanted);
  const std::string& path() const { return path_; }
  /// The next peer that waits; nothing when none does.
  std::optional<Descriptor> accept();

 private:
  UnixListener(Descriptor socket, std::string path)
      : socket_(std::move(socket)), path_(std::move(path)) {}
  Descriptor socket_;
  std::string path_;
  bool starved_ = false;
};

/// A stream to whoever listens at `path`; whoever reads from it waits. Errors: invalid (the path),
/// io (nobody listens).
base::Result<Descriptor> connect_to(const std::string& path);

}  // namespace os
