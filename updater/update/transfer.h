// SPDX-License-Identifier: BSD-3-Clause
// One image on its way through the FWU client: START, DATA..., END, each answered within its limit.
// Dropping the object disconnects, which makes the firmware forget what it was given before END.
#pragma once

#include <memory>

#include "protocol/mei/fwu.h"
#include "updater/mei/mei_transport.h"
#include "updater/update/plan.h"

namespace updater::update {

/// Limits. START may erase the whole staging area, DATA one sector of it; END hashes the image and
/// checks its signature.
inline constexpr base::Duration kSendLimit = std::chrono::seconds(15);
inline constexpr base::Duration kStartLimit = std::chrono::seconds(60);
inline constexpr base::Duration kDataLimit = std::chrono::seconds(30);
base::Duration end_limit(std::size_t image_bytes);

/// Errors of every step: those of MeiTransport, protocol (an answer of the wrong form), refused
/// (status = FWU status).
class Transfer {
 public:
  explicit Transfer(std::unique_ptr<mei::MeiTransport> transport)
      : transport_(std::move(transport)) {}

  base::Result<void> start(const Plan& plan);
  base::Result<void> data(base::ByteView bytes);
  /// The firmware's answer once it has verified what it was given: how the new code comes to run
  /// (fwu::kReset...).
  base::Result<std::uint32_t> end(std::size_t image_bytes);

  /// Bytes a DATA message can carry here: the plan's, or fewer where the client takes less. At
  /// least 1.
  std::size_t payload(const Plan& plan) const;

 private:
  base::Result<base::Bytes> exchange(base::ByteView request, base::Duration limit,
                                     const char* message);

  std::unique_ptr<mei::MeiTransport> transport_;
  base::Bytes request_;
};

}  // namespace updater::update
