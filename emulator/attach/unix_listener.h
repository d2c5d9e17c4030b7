// SPDX-License-Identifier: BSD-3-Clause
// A listening unix socket that only its owner may connect to.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "emulator/attach/descriptor.h"

namespace emulator::attach {

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
  const std::string& path() const { return path_; }
  /// The next peer that waits; nothing when none does.
  std::optional<Descriptor> accept();

 private:
  UnixListener(Descriptor socket, std::string path)
      : socket_(std::move(socket)), path_(std::move(path)) {}
  Descriptor socket_;
  std::string path_;
};

}  // namespace emulator::attach
