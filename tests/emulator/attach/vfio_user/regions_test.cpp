// SPDX-License-Identifier: BSD-3-Clause
// Configuration space and BAR0 through vfio-user: what an access of a monitor is on the bus.
#include <tuple>

#include "tests/emulator/attach/vfio_user/served.h"

namespace emulator::attach::vfio_user {
namespace {

class RegionsOf : public Monitor {
 protected:
  static std::string access(std::uint64_t offset, std::uint32_t region, std::uint32_t count) {
    Bytes out(16);
    base::ByteWriter(out).u64(offset).u32(region).u32(count);
    return base::to_hex(out);
  }
  std::string read(std::uint64_t offset, std::uint32_t region, std::uint32_t count) {
    const std::string where = access(offset, region, count);
    const std::string reply = request(9, where);
    if (reply.starts_with("error")) return reply;
    EXPECT_EQ(reply.substr(0, 32), where);
    return reply.substr(32);
  }
  std::string write(std::uint64_t offset, std::uint32_t region, const std::string& data) {
    const std::string where = access(offset, region, static_cast<std::uint32_t>(data.size() / 2));
    const std::string reply = request(10, where + data);
    return reply == where ? "done" : reply;
  }
  void enable_memory() { EXPECT_EQ(write(4, 7, "0600"), "done"); }
};

TEST_F(RegionsOf, ConfigurationSpaceReadsAsTheFunctionHasIt) {
  EXPECT_EQ(read(0, 7, 4), "8680142e");
  EXPECT_EQ(read(2, 7, 2), "142e");
  EXPECT_EQ(read(0x10, 7, 4), "04000000");
  EXPECT_EQ(read(0, 7, 256).size(), 512u);
}

TEST_F(RegionsOf, ALongReadIsTheSameAsManyShortOnes) {
  const std::string whole = read(0, 7, 256);
  for (std::uint32_t at = 0; at < 256; ++at) EXPECT_EQ(read(at, 7, 1), whole.substr(2 * at, 2));
  EXPECT_EQ(read(1, 7, 7), whole.substr(2, 14));
}

TEST_F(RegionsOf, FirmwareStatusIsReadEachTime) {
  function.set_firmware_status(0x12345678);
  EXPECT_EQ(read(0x40, 7, 4), "78563412");
  function.set_firmware_status(0x00000245);
  EXPECT_EQ(read(0x40, 7, 4), "45020000");
}

TEST_F(RegionsOf, ARegisterThatLocksOnItsFirstWriteIsWrittenWhole) {
  EXPECT_EQ(write(0x2C, 7, "34127856"), "done");
  EXPECT_EQ(read(0x2C, 7, 4), "34127856");
}

TEST_F(RegionsOf, BarAnswersOnceMemorySpaceIsEnabled) {
  EXPECT_EQ(read(12, 0, 4), "ffffffff");
  EXPECT_TRUE(registers.cycles.empty());
  enable_memory();
  EXPECT_EQ(read(12, 0, 4), "21436587");
  EXPECT_EQ(registers.cycles, std::vector<std::string>{"r12"});
}

TEST_F(RegionsOf, AnAccessIsOneCycle) {
  enable_memory();
  EXPECT_EQ(write(0, 0, "efbeadde"), "done");
  EXPECT_EQ(registers.values[0], 0xDEADBEEFu);
  EXPECT_EQ(registers.cycles, std::vector<std::string>{"w0"});
}

TEST_F(RegionsOf, AnAccessOfEightBytesIsTwoCycles) {
  enable_memory();
  EXPECT_EQ(read(8, 0, 8), "3333333321436587");
  EXPECT_EQ(registers.cycles, (std::vector<std::string>{"r8", "r12"}));
}

TEST_F(RegionsOf, ANarrowReadIsALaneOfTheRegister) {
  enable_memory();
  EXPECT_EQ(read(14, 0, 2), "6587");
  EXPECT_EQ(read(13, 0, 1), "43");
  EXPECT_EQ(registers.cycles, (std::vector<std::string>{"r12", "r12"}));
}

TEST_F(RegionsOf, ANarrowWriteIsTakenAndLost) {
  enable_memory();
  EXPECT_EQ(write(0, 0, "ff"), "done");
  EXPECT_EQ(write(2, 0, "ffff"), "done");
  EXPECT_EQ(registers.values[0], 0x11111111u);
}

TEST_F(RegionsOf, APostedWriteIsCarriedOutWithoutAReply) {
  enable_memory();
  EXPECT_EQ(ask(message(10, access(0, 0, 4) + "78563412", 0x10)), "");
  EXPECT_EQ(registers.values[0], 0x12345678u);
}

TEST_F(RegionsOf, AccessesOutsideARegionAreRefused) {
  enable_memory();
  registers.cycles.clear();
  for (const auto& [offset, region, count] : {std::tuple{16ull, 0u, 4u},
                                              {13ull, 0u, 4u},
                                              {2ull, 0u, 4u},
                                              {0ull, 0u, 3u},
                                              {0ull, 0u, 16u},
                                              {0ull, 0u, 0u},
                                              {12ull, 0u, 8u},
                                              {0xFFFFFFFFFFFFFFFCull, 0u, 4u},
                                              {256ull, 7u, 1u},
                                              {255ull, 7u, 2u},
                                              {0ull, 7u, 257u},
                                              {0ull, 7u, 0u},
                                              {0ull, 7u, 0x1001u},
                                              {0ull, 7u, 0xFFFFFFFFu},
                                              {0xFFFFFFFFFFFFFFFFull, 7u, 2u},
                                              {0ull, 1u, 4u},
                                              {0ull, 8u, 4u},
                                              {0ull, 9u, 4u},
                                              {0ull, 0xFFFFFFFFu, 4u}}) {
    EXPECT_EQ(read(offset, region, count), kInvalid) << offset << " " << region << " " << count;
    const std::uint32_t carried = std::min(count, 300u);
    EXPECT_EQ(request(10, access(offset, region, count) + std::string(2 * carried, '0')), kInvalid)
        << offset << " " << region << " " << count;
  }
  EXPECT_TRUE(registers.cycles.empty());
}

}  // namespace
}  // namespace emulator::attach::vfio_user
