// SPDX-License-Identifier: BSD-3-Clause
// Firmware tables of boards and of guests.
#include "updater/io/simulated_board.h"

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace updater::io {
namespace {

using namespace std::string_literals;

class SimulatedBoardTest : public testing::Test {
 protected:
  bool is_simulated(const std::string& tables) {
    sys_.write("firmware/dmi/tables/DMI", tables);
    return on_simulated_board(sys_.path());
  }
  const tests::TemporaryFolder sys_;
};

/// Type 0 with no string: two NULs end it.
const std::string kBios = "\x00\x05\x00\x00\x00\0\0"s;
const std::string kEnd = "\x7F\x04\x00\x7F\0\0"s;

std::string system_of(const std::string& maker) {
  return "\x01\x08\x00\x01\x01\x02\x00\x00"s + maker + "\0Standard PC\0\0"s;
}
std::string oem_strings(const std::string& text) {
  return "\x0B\x05\x00\x0E\x01"s + text + "\0\0"s;
}
const std::string kOurs = oem_strings("mebench-simulated-board");

TEST_F(SimulatedBoardTest, OurGuestsAreKnown) {
  EXPECT_TRUE(is_simulated(kBios + system_of("QEMU") + kOurs + kEnd));
}
TEST_F(SimulatedBoardTest, OurStringMayBeOneOfMany) {
  const std::string two = "\x0B\x05\x00\x0E\x02"s + "first\0mebench-simulated-board\0\0"s;
  EXPECT_TRUE(is_simulated(kBios + system_of("QEMU") + two + kEnd));
}
TEST_F(SimulatedBoardTest, AnyOtherBoardIsHardware) {
  EXPECT_FALSE(is_simulated(kBios + system_of("FUJITSU") + oem_strings("Intel Haswell") + kEnd));
}
TEST_F(SimulatedBoardTest, ABoardWhoseOwnerSetOurStringIsHardware) {
  EXPECT_FALSE(is_simulated(kBios + system_of("FUJITSU") + kOurs + kEnd));
  EXPECT_FALSE(is_simulated(kBios + kOurs + kEnd));
}
TEST_F(SimulatedBoardTest, AnotherGuestOfQemuIsHardware) {
  EXPECT_FALSE(is_simulated(kBios + system_of("QEMU") + kEnd));
}
TEST_F(SimulatedBoardTest, OurStringInAnotherStructureIsNone) {
  const std::string asset = "\x03\x05\x00\x03\x01"s + "mebench-simulated-board\0\0"s;
  EXPECT_FALSE(is_simulated(kBios + system_of("QEMU") + asset + kEnd));
  EXPECT_FALSE(is_simulated(kBios + system_of("mebench-simulated-board") + kEnd));
}
TEST_F(SimulatedBoardTest, ALongerStringIsAnotherOne) {
  for (const char* text : {"mebench-simulated-boards", "no-mebench-simulated-board"})
    EXPECT_FALSE(is_simulated(kBios + system_of("QEMU") + oem_strings(text) + kEnd)) << text;
}
TEST_F(SimulatedBoardTest, QemuAsAProductIsNotQemuAsAMaker) {
  const std::string product = "\x01\x08\x00\x01\x02\x01\x00\x00"s + "QEMU\0FUJITSU\0\0"s;
  EXPECT_FALSE(is_simulated(kBios + product + kOurs + kEnd));
}
TEST_F(SimulatedBoardTest, TablesThatEndAnywhereSayHardwareUntilTheyAreWhole) {
  const std::string whole = kBios + system_of("QEMU") + kOurs;
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(is_simulated(whole.substr(0, size))) << size;
  EXPECT_TRUE(is_simulated(whole));
}
TEST_F(SimulatedBoardTest, AStructureShorterThanItsHeaderEndsTheTable) {
  EXPECT_FALSE(is_simulated("\x01\x03\x00\0\0"s + system_of("QEMU") + kOurs));
}
TEST_F(SimulatedBoardTest, TablesThatCannotBeReadSayHardware) {
  EXPECT_FALSE(on_simulated_board(sys_.file("nowhere")));
}

}  // namespace
}  // namespace updater::io
