// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/board_maker.h"
#include "tests/source_dir.h"

#include <gtest/gtest.h>

namespace scenarios::field {
namespace {

using emulator::firmware::BootPath;

const std::string kProfile =
    std::string(MEBENCH_SOURCE_DIR) + "/scenarios/machines/esprimo-e5730.toml";

std::unique_ptr<emulator::machine::Machine> booted(BoardMaker& maker,
                                                   const Circumstances& circumstances) {
  auto machine = maker.booted(kProfile, both(on_a_small_board(), circumstances));
  EXPECT_TRUE(machine);
  return std::move(*machine);
}

TEST(BoardMaker, ASoundBoardRunsItsOperationalCodeAndADamagedOneItsRecoveryCode) {
  BoardMaker maker;
  EXPECT_EQ(booted(maker, {})->firmware().boot_path(), BootPath::operational);
  Circumstances damaged;
  damaged.condition = Circumstances::Condition::recovering;
  EXPECT_EQ(booted(maker, damaged)->firmware().boot_path(), BootPath::recovery);
  EXPECT_EQ(booted(maker, {})->firmware().boot_path(), BootPath::operational)
      << "the copy that others are made from";
}

TEST(BoardMaker, BoardsThatAreSetDifferentlyAreDifferentBoards) {
  BoardMaker maker;
  Circumstances other;
  other.set = {{ProfileKey::override_counter, 3u}};
  EXPECT_EQ(booted(maker, {})->profile().firmware.settings.override_counter, 255);
  EXPECT_EQ(booted(maker, other)->profile().firmware.settings.override_counter, 3);
}

TEST(BoardMaker, ImagesThatAreDifferentlyAskedForAreDifferent) {
  BoardMaker maker;
  const auto machine = booted(maker, {});
  const engine::ImageSpec plain{.name = "a.bin", .version = {5, 2, 70, 1046}};
  engine::ImageSpec version = plain;
  version.version.build = 1047;
  engine::ImageSpec sku = plain;
  sku.sku = 2;
  engine::ImageSpec key = plain;
  key.key = engine::ImageKey::other;
  engine::ImageSpec corrupt = plain;
  corrupt.corrupt.push_back({.offset = 0x400, .bytes = base::Bytes(4), .place = {}});
  std::vector<base::Bytes> images;
  for (const auto& spec : {plain, version, sku, key, corrupt}) {
    auto image = maker.image(spec, machine->profile());
    ASSERT_TRUE(image);
    for (const base::Bytes& other : images) EXPECT_NE(*image, other) << images.size();
    images.push_back(std::move(*image));
  }
  EXPECT_EQ(*maker.image(plain, machine->profile()), images[0]);
}

}  // namespace
}  // namespace scenarios::field
