// SPDX-License-Identifier: BSD-3-Clause
// An upload through the FWU client: START, DATA..., END, each answered within its limit. Dropping
// the object disconnects, which makes the firmware forget what it was given before END.
#pragma once

#include <memory>

#include "base/secret.h"
#include "protocol/mei/fwu.h"
#include "updater/mei/mei_transport.h"
#include "updater/update/plan.h"
#include "updater/update/upload.h"

namespace updater::update {

/// Limits. START may erase the whole staging area, DATA one sector of it; END hashes the image and
/// checks its signature.
inline constexpr base::Duration kSendLimit = std::chrono::seconds(15);
inline constexpr base::Duration kStartLimit = std::chrono::seconds(60);
inline constexpr base::Duration kDataLimit = std::chrono::seconds(30);
base::Duration end_limit(std::size_t image_bytes);

/// Errors besides: protocol (an answer of the wrong form), MeiTransport's.
class HeciUpload final : public Upload {
 public:
  /// `plan` and `password` must outlive it. `password` is null where there is none.
  HeciUpload(std::unique_ptr<mei::MeiTransport> transport, const Plan& plan,
             const base::Secret* password)
      : transport_(std::move(transport)), plan_(plan), password_(password) {}

  base::Result<std::size_t> start() override;
  /// The plan's, or fewer where the client takes less.
  std::size_t payload() const override;
  base::Result<void> data(base::ByteView bytes) override;
  base::Result<std::uint32_t> end() override;
  /// A broken connection has lost everything.
  base::Result<std::size_t> resume() override;
  /// Disconnects: there is one connection, and the device is going to be asked over it.
  SessionState let_go() override;
  SessionState look() override { return SessionState::untold; }

 private:
  base::Result<base::Bytes> exchange(base::ByteView request, base::Duration limit,
                                     const char* message);

  std::unique_ptr<mei::MeiTransport> transport_;
  const Plan& plan_;
  const base::Secret* password_;
  base::Bytes request_;
};

}  // namespace updater::update
