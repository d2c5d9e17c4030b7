// SPDX-License-Identifier: BSD-3-Clause
// Messages of the AMT watchdog client (05b79a6f-...), after Linux drivers/watchdog/mei_wdt.c and
// the illumos heci driver. All little-endian, packed.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"

namespace protocol::watchdog {

inline constexpr std::uint8_t kManagementControl = 0x02;
inline constexpr std::uint8_t kVersion = 0x10;

enum class Subcommand : std::uint8_t { start = 0x13, stop = 0x14, start_response = 0x83 };

/// command, bytes that follow this one, subcommand, version.
struct Header {
  static constexpr std::size_t size = 4;
  Subcommand subcommand = Subcommand::start;
  std::uint8_t following = 0;
};

/// Starts the watchdog, or keeps it from expiring. The 2008 driver sends 20 bytes, Linux 23: what
/// follows the timeout is reserved. A timeout of 0 is no watchdog at all.
struct StartRequest {
  static constexpr std::size_t size = 20;  ///< as the era's driver sends it, {02, 12, 13, 10} first
  static constexpr std::size_t size_linux = 23;  ///< {02, 15, 13, 10} first
  static constexpr std::size_t min_size = Header::size + 2;
  std::uint16_t timeout = 0;  ///< seconds
};

struct StartResponse {
  static constexpr std::size_t size = 6;
  std::uint8_t status = 0;  ///< one of kStatus...
  std::uint8_t state = 0;   ///< bits kState...
};
inline constexpr std::uint8_t kStatusSuccess = 0;
/// Only success is documented; the number is ours (docs/fidelity.md).
inline constexpr std::uint8_t kStatusInvalid = 1;
inline constexpr std::uint8_t kStateNotRequired = 1u << 0;

struct StopRequest {
  static constexpr std::size_t size = 4;
};

void encode(base::ByteWriter&, const StartRequest&);
void encode(base::ByteWriter&, const StartResponse&);
void encode(base::ByteWriter&, const StopRequest&);

/// Nothing unless command and version are right and the byte count is the number of bytes that
/// follow it.
std::optional<Header> decode_header(base::ByteView message);
std::optional<StartRequest> decode_start_request(base::ByteView message);
std::optional<StartResponse> decode_start_response(base::ByteView message);
std::optional<StopRequest> decode_stop_request(base::ByteView message);

}  // namespace protocol::watchdog
