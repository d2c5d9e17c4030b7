// SPDX-License-Identifier: BSD-3-Clause
// One host bus message as bytes, the longest of which has 36.
#pragma once

#include <array>
#include <cassert>
#include <string>

#include "base/bytes.h"
#include "base/result.h"
#include "protocol/heci/hbm.h"

namespace updater::mei {

struct BusMessage {
  std::array<std::uint8_t, protocol::hbm::kMaxMessageSize> bytes{};
  std::size_t size = 0;
  base::ByteView view() const { return base::ByteView(bytes).first(size); }
};

/// `message`, one of protocol::hbm, encoded.
template <class Message>
BusMessage bus_message(const Message& message) {
  BusMessage out;
  base::ByteWriter writer(out.bytes);
  encode(writer, message);
  assert(writer.ok());
  out.size = writer.size();
  return out;
}

inline base::Error malformed(const char* doing, base::ByteView message) {
  return {base::Errc::protocol, std::string(doing) + ": a malformed or unexpected host bus message",
          message.empty() ? 0u : message[0]};
}

constexpr std::uint8_t status_of(protocol::hbm::Status s) {
  return static_cast<std::uint8_t>(s);
}

}  // namespace updater::mei
