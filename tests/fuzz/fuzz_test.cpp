// SPDX-License-Identifier: BSD-3-Clause
// The fuzz targets as tests: seeded random bytes, damaged copies of sound images, and every broken
// promise ends the program.
#include <gtest/gtest.h>

#include <random>

#include "tests/fuzz/targets.h"
#include "tests/updater/image/image_builder.h"

namespace fuzz {
namespace {

using Random = std::mt19937_64;

base::Bytes random_bytes(Random& random, std::size_t most) {
  base::Bytes bytes(random() % (most + 1));
  for (std::uint8_t& b : bytes) b = static_cast<std::uint8_t>(random());
  return bytes;
}

/// A copy with some bytes, words or lengths changed: what gets past the first checks.
base::Bytes damaged(Random& random, base::Bytes bytes) {
  constexpr std::uint32_t edges[] = {0,      1,          0x7F,       0x80,      0xFF,
                                     0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF};
  for (std::uint64_t i = 1 + random() % 4; i > 0 && !bytes.empty(); --i) {
    const std::size_t at = random() % bytes.size();
    if (random() % 2 == 0) bytes[at] = static_cast<std::uint8_t>(random());
    if (random() % 4 == 0)
      base::ByteWriter(base::MutableByteView(bytes).subspan(at)).u32(edges[random() % 9]);
    if (random() % 8 == 0) bytes.resize(at);
  }
  return bytes;
}

TEST(Fuzz, ImagesOfRandomBytesAreRefusedInWords) {
  Random random(1);
  for (int i = 0; i < 3000; ++i) image(random_bytes(random, 4096));
}

TEST(Fuzz, DamagedImagesNeverReadOutsideTheFile) {
  Random random(2);
  const base::Bytes sound[] = {test::small_code(),
                               test::build_region(test::small_code(), test::RomBypass::present),
                               test::build_flash(test::small_code())};
  for (int i = 0; i < 6000; ++i) image(damaged(random, sound[i % 3]));
}

TEST(Fuzz, HostSurvivesAHostileMe) {
  Random random(3);
  for (int i = 0; i < 1500; ++i) heci_host(random_bytes(random, 600));
}

// Mostly harmless bytes: the damage comes late, when connections are up and messages under way.
TEST(Fuzz, HostSurvivesAnMeThatTurnsHostileLater) {
  Random random(4);
  for (int i = 0; i < 1500; ++i) {
    base::Bytes bytes(random() % 3000);
    for (std::uint8_t& b : bytes) b = random() % 60 == 0 ? static_cast<std::uint8_t>(random()) : 0;
    heci_host(bytes);
  }
}

TEST(Fuzz, DeviceSurvivesAHostileHost) {
  Random random(5);
  for (int i = 0; i < 1500; ++i) heci_device(random_bytes(random, 1500));
}

}  // namespace
}  // namespace fuzz
