// SPDX-License-Identifier: BSD-3-Clause
// A capture, byte by byte as the pcapng draft and Wireshark's exported_pdu_tlvs.h have it: set down
// here by hand. tests/scenarios/cli/capture_test.py has it read by others.
#include "emulator/trace/pcapng.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace emulator::trace {
namespace {

TEST(Pcapng, IsWhatTheDraftSays) {
  const TraceLine line{.at = base::TimePoint(0x0000000100000002),
                       .kind = sim::TraceKind::message_to_host,
                       .me_addr = 0x21,
                       .host_addr = 3,
                       .size = 70,
                       .data = {0xAA, 0xBB},
                       .text = "FWU"};
  const std::string section =
      "0a0d0d0a 50000000 4d3c2b1a 0100 0000 ffffffffffffffff"
      "0200 1d00 612073696d756c61746564204d616e6167656d656e7420456e67696e65 000000"
      "0400 0500 6d6573696d 000000 0000 0000 50000000";
  const std::string interface =
      "01000000 28000000 fc00 0000 00000000 0200 0300 612e74 00 0900 0100 09 000000 0000 0000 "
      "28000000";
  // 4 + 12 bytes of tag, 4 of its end, 4 + 3 + 2 of ours, 2 of the message: 31 of 99.
  const std::string packet =
      "06000000 4c000000 00000000 01000000 02000000 1f000000 63000000"
      "000c 000c 6d6562656e63685f68656369 0000 0000"
      "01 01 0003 465755 21 03 aabb 00"
      "0200 0400 01000000 0000 0000 4c000000";
  const auto expected = base::from_hex(section + interface + packet);
  ASSERT_TRUE(expected);
  EXPECT_EQ(base::to_hex(to_pcapng({{.id = "a.t", .lines = {line}}})), base::to_hex(*expected));
}

TEST(Pcapng, HoldsNoByteOfATpmCommand) {
  const TraceLine command{.kind = sim::TraceKind::tpm_command, .a = 0x65, .b = 22};
  const std::string file = base::to_hex(to_pcapng({{.id = "a", .lines = {command}}}));
  // "mebench_tpm12" and its padding, the end of the tags; version, to the TPM, the name; numbers.
  EXPECT_NE(file.find("000c00106d6562656e63685f74706d3132000000"
                      "00000000"
                      "0100001154504d5f4765744361706162696c697479"
                      "0000006500000016"),
            std::string::npos)
      << file;
}

}  // namespace
}  // namespace emulator::trace
