// SPDX-License-Identifier: BSD-3-Clause
// Every limit of the user-space HECI driver in one place. Link times are those of Linux
// drivers/misc/mei/hbm.h and of the 2008 driver; the rest is ours and bounds what a broken ME can
// cost.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace updater::mei {

inline constexpr base::Duration kReadyLimit = std::chrono::seconds(2);     ///< H_RST to ME_RDY
inline constexpr base::Duration kHbmStartLimit = std::chrono::seconds(1);  ///< HOST_START answered
inline constexpr base::Duration kClientInitLimit = std::chrono::seconds(15);  ///< all clients known
inline constexpr base::Duration kConnectLimit = std::chrono::seconds(15);
inline constexpr base::Duration kDisconnectLimit = std::chrono::seconds(15);
inline constexpr base::Duration kStopLimit = std::chrono::seconds(1);      ///< HOST_STOP answered
inline constexpr base::Duration kFragmentLimit = std::chrono::seconds(1);  ///< header to last slot
inline constexpr base::Duration kHbmRoomLimit =
    std::chrono::seconds(1);  ///< room for a bus message

inline constexpr int kRecoveryTries = 3;  ///< link resets before a connect gives up
inline constexpr int kConnectTries = 2;   ///< connects when the link is reset under the first

inline constexpr std::size_t kQueuedMessages = 4;  ///< kept for a connection nobody reads
inline constexpr std::size_t kOwedAnswers = 8;     ///< disconnects by the ME not answered yet
inline constexpr int kFragmentsAPump = 256;        ///< read in one go before other work

/// A client that declares more is taken at this: nothing in the era's protocols is longer.
inline constexpr std::uint32_t kLongestMessage = 64 * 1024;
/// What a fixed address takes; without enumeration nobody tells.
inline constexpr std::uint32_t kFixedMaxMessage = 512;

}  // namespace updater::mei
