// SPDX-License-Identifier: BSD-3-Clause
// How many bytes of image have reached the ME, whichever way they came.
#include "scenarios/engine/bus_log.h"

#include <gtest/gtest.h>

#include "emulator/tpm/field_upgrade.h"

namespace scenarios::engine {
namespace {

using emulator::sim::TraceKind;

TEST(BusLog, CountsTheBlocksThatTheTpmHasTaken) {
  BusLog log;
  for (const std::uint32_t size : {1024u, 100u}) {
    log.record(
        {.kind = TraceKind::tpm, .a = 5000, .b = size, .text = emulator::tpm::kUpgradeBlockTaken});
  }
  log.record({.kind = TraceKind::tpm, .a = 7, .b = 7, .text = "lockout begins"});
  EXPECT_EQ(log.image_bytes(), 1124u);
}

}  // namespace
}  // namespace scenarios::engine
