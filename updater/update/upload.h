// SPDX-License-Identifier: BSD-3-Clause
// The way of an image into the firmware's one update session: the FWU client over HECI, or the TPM.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace updater::update {

/// One image's way: start(), data() until all of it is there, end(). An upload that goes before its
/// end makes the firmware forget what it was given. Errors of each: refused (the firmware answered;
/// status = its FWU status), and those of the link.
class Upload {
 public:
  virtual ~Upload() = default;

  virtual base::Result<void> start() = 0;
  /// Bytes that data() can carry; at least 1.
  virtual std::size_t payload() const = 0;
  virtual base::Result<void> data(base::ByteView bytes) = 0;
  /// The firmware's answer once it has verified what it was given: how the new code comes to run
  /// (fwu::kReset...).
  virtual base::Result<std::uint32_t> end() = 0;

  /// After a data() whose answer did not come: how many bytes of the image the firmware has now,
  /// and waits for the next. Errors: unsupported (this way cannot be resumed), refused (the session
  /// is over), the link's.
  virtual base::Result<std::size_t> resume() = 0;
};

}  // namespace updater::update
