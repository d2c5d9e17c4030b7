// SPDX-License-Identifier: BSD-3-Clause
// What clients and the bus promise one another, broken on purpose.
#include <gtest/gtest.h>

#include "emulator/clients/fwu_client.h"
#include "emulator/clients/whole_answer.h"
#include "scripted_firmware.h"

namespace emulator::clients {
namespace {

TEST(ClientPromisesDeathTest, AnAnswerIsNotCut) {
  std::array<std::uint8_t, 4> room{};
  base::ByteWriter out(room);
  out.u32(1);
  EXPECT_EQ(whole(out).size(), 4u);
  out.u8(2);
  EXPECT_DEATH(whole(out), "an answer fits its buffer");
}

TEST(ClientPromisesDeathTest, NoLongerMessageComesThanTheClientTakes) {
  ScriptedFirmware firmware;
  RecordingPort port;
  FwuClient client(firmware, port);
  const base::Bytes longest(firmware.config.update.fwu_mtu);
  client.receive({.me_addr = 0x21, .host_addr = 3}, longest);
  const base::Bytes longer(longest.size() + 1);
  EXPECT_DEATH(client.receive({.me_addr = 0x21, .host_addr = 3}, longer), "what a client can take");
}

}  // namespace
}  // namespace emulator::clients
