// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/world.h"

#include <gtest/gtest.h>

#include "emulator/factory/update_image.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::engine {
namespace {

updater::image::Image image_of(base::Bytes bytes) {
  auto outcome = updater::image::parse(std::move(bytes));
  EXPECT_TRUE(outcome.image) << to_text(*outcome.defect);
  return std::move(*outcome.image);
}

/// A file that was verified is known again by its bytes, not by its name or its place.
TEST(World, KnowsWhatIsWrongWithAnImageByItsBytes) {
  const StoryFolder folder;
  const std::vector<Scenario> one = stories(1);
  World world(one.front(), folder.path(), nullptr);
  const base::Bytes bytes =
      emulator::factory::build_update_image({.sku = 0x83E, .size = 0x10000}).value();
  base::Bytes changed = bytes;
  changed.back() ^= 1;
  const auto sound = image_of(bytes);
  const auto damaged = image_of(changed);
  EXPECT_TRUE(world.defects_of(sound).empty());
  EXPECT_FALSE(world.defects_of(damaged).empty());
  EXPECT_TRUE(world.defects_of(sound).empty());
}

}  // namespace
}  // namespace scenarios::engine
