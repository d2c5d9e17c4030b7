// SPDX-License-Identifier: BSD-3-Clause
// One TPM command and one response over an open file: the kernel's device or a socket.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "os/waiting.h"

namespace updater::tpm {

/// Of an open(), connect(), read() or write(): `doing` says which, `number` is errno.
base::Error file_error(const std::string& doing, int number);

/// What takes a command: a device whole in one write, a socket in pieces.
enum class FileKind : std::uint8_t { device, socket };

class FrameFile {
 public:
  /// `file` is open, non-blocking and stays the caller's; so does `waiting`, from one command
  /// to the next.
  FrameFile(int file, FileKind kind, std::string name, base::Clock& clock, os::Waiting& waiting,
            base::Duration limit);

  /// Errors: disconnected, timeout, busy, io.
  base::Result<void> write(base::ByteView command);
  /// Errors: those, and protocol (short, oversized or malformed).
  base::Result<base::Bytes> read();

 private:
  /// Waits until the file may be `ready` (POLLIN, POLLOUT). The limit is kept by `clock` and by
  /// counting what was waited, whichever ends first.
  base::Result<void> wait(short ready, const std::string& doing);
  base::Result<std::size_t> read_some(base::MutableByteView place);

  int file_;
  FileKind kind_;
  std::string name_;
  base::Clock& clock_;
  os::Waiting& waiting_;
  base::TimePoint end_;
  base::Duration left_;
};

}  // namespace updater::tpm
