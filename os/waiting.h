// SPDX-License-Identifier: BSD-3-Clause
// Waiting for files of a peer that answers quickly. Its answer is there sooner than a sleeping
// thread could be woken: such a wait looks for a moment before it sleeps, as long as looking pays.
#pragma once

#include <poll.h>

#include <cstdint>
#include <optional>
#include <span>

#include "base/clock.h"

namespace os {

enum class Expected {
  later,  ///< sleeps at once
  soon,   ///< somebody is about to answer
};

class Waiting {
 public:
  /// A waking takes some 20 us, an answer out of a served board's registers 2 us.
  static constexpr base::Duration kBeforeSleep = std::chrono::microseconds(50);

  /// As ppoll(2): how many of `files` are ready, 0: none within `limit` (nothing: for ever), -1
  /// with errno: it failed, or a signal came (EINTR).
  int wait(std::span<pollfd> files, std::optional<base::Duration> limit, Expected expected);

 private:
  bool may_look(Expected expected);
  void looked(bool in_vain);

  /// Where the peer can only run while this thread sleeps (one processor, or all are busy), looking
  /// is in vain: after each time that it was, twice as many waits sleep at once.
  std::uint32_t in_vain_ = 0;
  std::uint32_t to_sleep_at_once_ = 0;
};

}  // namespace os
