// SPDX-License-Identifier: BSD-3-Clause
// An update to send through a TPM, for the tests of TPM_FieldUpgrade.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "protocol/update/tool_errors.h"
#include "tests/emulator/tpm/rig.h"

namespace emulator::tpm {

using protocol::update::ToolError;

inline std::uint32_t status(ToolError error) {
  return protocol::update::number(error);
}

/// What the tests upload: two whole blocks and a part of one.
inline base::Bytes image() {
  base::Bytes bytes(2500);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i * 7);
  return bytes;
}

/// An unowned TPM that takes an update from anybody.
inline TpmConfig open_to_all() {
  TpmConfig config = fitted();
  config.upgrade.unowned = UnownedUpgrade::open;
  return config;
}

/// Everything between start and complete.
inline void upload(Host& host, const base::Bytes& bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += 1024) {
    const base::ByteView block = base::ByteView(bytes).subspan(at);
    Host::Outcome outcome;
    ASSERT_EQ(host.data(block.first(std::min<std::size_t>(1024, block.size())), &outcome),
              ReturnCode::success);
    ASSERT_EQ(outcome.status, 0u);
  }
}

}  // namespace emulator::tpm
