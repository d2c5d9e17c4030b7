// SPDX-License-Identifier: BSD-3-Clause
// Every limit of the host's side of a TPM in one place. The register times are the defaults of the
// PC Client TIS 1.2 specification, table 15 (A to D); how long a command may take follows Linux'
// classes; the rest is ours.
#pragma once

#include <cstddef>

#include "base/clock.h"
#include "protocol/tpm/ordinals.h"

namespace updater::tpm {

// Registers.
inline constexpr base::Duration kAccessLimit = std::chrono::milliseconds(750);  ///< A: a locality
inline constexpr base::Duration kReadyLimit = std::chrono::seconds(2);          ///< B: commandReady
inline constexpr base::Duration kValidLimit = std::chrono::milliseconds(750);   ///< C: stsValid
inline constexpr base::Duration kBurstLimit = std::chrono::milliseconds(750);   ///< D: burstCount
inline constexpr int kAbortTries = 2;  ///< the first may only lead to Idle

// Files and sockets.
inline constexpr base::Duration kConnectLimit = std::chrono::seconds(5);
inline constexpr base::Duration kLongestPollCall = std::chrono::milliseconds(100);

// Commands.
inline constexpr base::Duration kQuickLimit = std::chrono::seconds(30);
inline constexpr base::Duration kRsaLimit = std::chrono::minutes(2);
inline constexpr base::Duration kSelfTestLimit = std::chrono::minutes(2);
inline constexpr base::Duration kLongLimit = std::chrono::minutes(5);  ///< keys, field upgrade
inline constexpr base::Duration kFlushLimit = std::chrono::seconds(2);
inline constexpr base::Duration kUpgradeSoon = std::chrono::seconds(15);  ///< of a TPM in doubt

// A TPM that says "busy" or "testing myself" (codes from 800 up) is asked again.
inline constexpr base::Duration kRetryPause = std::chrono::milliseconds(100);
inline constexpr int kRetries = 100;

/// How long an answer to `ordinal` is waited for.
constexpr base::Duration limit_of(protocol::tpm::Ordinal ordinal) {
  using protocol::tpm::Work;
  switch (protocol::tpm::work_of(ordinal)) {
    case Work::quick:
      return kQuickLimit;
    case Work::rsa:
      return kRsaLimit;
    case Work::self_test:
      return kSelfTestLimit;
    case Work::key_generation:
    case Work::field_upgrade:
      return kLongLimit;
  }
  return kLongLimit;
}

}  // namespace updater::tpm
