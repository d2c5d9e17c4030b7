// SPDX-License-Identifier: BSD-3-Clause
// The way of an image into the firmware's one update session: the FWU client over HECI, or the TPM.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace updater::update {

/// What an upload's own way tells of the firmware's session.
enum class SessionState : std::uint8_t {
  untold,   ///< nothing: it cannot, or did not answer
  ended,    ///< it has none, or none that is this upload's
  holding,  ///< it has what was sent, and waits for more
  working,  ///< it is at work on what it was asked
};

/// One image's way: start(), data() until all of it is there, end(). An upload that goes before its
/// end makes the firmware forget what it was given. Errors of each: refused (the firmware answered;
/// status = its FWU status), and those of the link.
class Upload {
 public:
  virtual ~Upload() = default;

  /// How many bytes of the image the firmware has already: more than 0 where an interrupted run is
  /// gone on with.
  virtual base::Result<std::size_t> start() = 0;
  /// Bytes that data() can carry; at least 1.
  virtual std::size_t payload() const = 0;
  virtual base::Result<void> data(base::ByteView bytes) = 0;
  /// The firmware's answer once it has verified what it was given: how the new code comes to
  /// run (fwu::kReset...).
  virtual base::Result<std::uint32_t> end() = 0;

  /// After a data() whose answer did not come: how many bytes of the image the firmware has now,
  /// and waits for the next. Errors: unsupported (this way cannot be resumed), refused (the session
  /// is over), the link's.
  virtual base::Result<std::size_t> resume() = 0;

  /// The upload is given up: before its end the firmware is made to forget it. Gives what became of
  /// its session; from then on only look() may be called.
  virtual SessionState let_go() = 0;
  /// Asks without changing anything.
  virtual SessionState look() = 0;
};

}  // namespace updater::update
