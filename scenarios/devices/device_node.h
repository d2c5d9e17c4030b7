// SPDX-License-Identifier: BSD-3-Clause
// What a program's calls on a device file come to. The file itself, which umockdev makes, is not
// known here.
#pragma once

#include <cstddef>
#include <optional>

#include "base/bytes.h"

namespace scenarios::devices {

/// One open file, for as long as it is open.
using File = const void*;

/// How a call ends.
struct Ending {
  long result = 0;   ///< of the call; -1 when it fails
  int number = 0;    ///< errno
  base::Bytes data;  ///< what a read brought

  static Ending failed(int number) { return {.result = -1, .number = number, .data = {}}; }
};

class DeviceNode {
 public:
  virtual ~DeviceNode() = default;

  virtual Ending write(File file, base::ByteView bytes) = 0;
  /// Nothing: the call waits, and is to be made again when something came.
  virtual std::optional<Ending> read(File file, std::size_t size) = 0;
  virtual void closed(File file) = 0;

  /// Lets what came from the board in, for a moment.
  virtual void look() {}
  /// Whether a read of some file would bring something: what poll() tells.
  virtual bool readable() const = 0;
};

}  // namespace scenarios::devices
