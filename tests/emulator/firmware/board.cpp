// SPDX-License-Identifier: BSD-3-Clause
#include "tests/emulator/firmware/board.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "emulator/factory/flash_image.h"
#include "emulator/factory/region.h"

namespace emulator::firmware {

using protocol::amthi::ProvisioningMode;
using protocol::amthi::ProvisioningState;

FirmwareConfig old_board() {
  FirmwareConfig c;
  c.identity.version = {5, 0, 1, 1111};
  c.identity.recovery_version = {5, 0, 0, 1000};
  c.identity.sku = kSku;
  c.identity.key_md5 = factory::kDevelopmentKeyMd5;
  c.settings = {.last_update_status = 8741,
                .enabled_update_interfaces = 0x11,
                .local_update = 1,
                .update_password = "secret",
                .override_counter = 7,
                .override_qualifier = protocol::fwu::OverrideQualifier::restricted,
                .provisioning_state = ProvisioningState::post,
                .provisioning_mode = ProvisioningMode::small_business,
                .remote_connectivity = true,
                .tls_enabled = true,
                .power_policy = 3};
  c.surroundings.reset_reason = protocol::fwu::ResetReason::system_reset;
  return c;
}

base::Bytes factory_flash(const FirmwareConfig& config, std::uint32_t code_size,
                          const flash::Part& part) {
  const auto image = factory::build_flash_image({.firmware = config, .code_size = code_size}, part);
  EXPECT_TRUE(image) << (image ? "" : image.error().doing);
  return image ? *image : base::Bytes(part.geometry.size, 0xFF);
}

factory::ImageRecipe new_code() {
  return {.version = {5, 2, 70, 1046}, .sku = kSku, .size = kCodeSize};
}

base::Bytes image_of(const factory::ImageRecipe& recipe) {
  const auto image = factory::build_update_image(recipe);
  EXPECT_TRUE(image) << (image ? "" : image.error().doing);
  return image ? *image : base::Bytes();
}

const base::Bytes& new_image() {
  static const base::Bytes image = image_of(new_code());
  return image;
}

Board::Board(const FirmwareConfig& config) : Board(config, factory_flash(config)) {}

Board::Board(const FirmwareConfig& config, base::Bytes contents, const flash::Part& part)
    : flash(part, std::move(contents), clock, trace, faults, *this),
      firmware(config, flash, clock, trace, faults, *this) {
  firmware.set_listener(*this);
}

bool Board::boot() {
  powered = true;
  firmware.power_on();
  settle();
  return powered;
}

void Board::power_cut() {
  powered = false;
  flash.power_off();
  firmware.power_off();
}

void Board::obey() {
  const bool cut = std::exchange(cut_asked_, false);
  const bool reset = std::exchange(reset_asked_, false);
  if (cut) return power_cut();
  if (reset) firmware.reset(protocol::fwu::ResetReason::firmware_reset);
}

std::uint64_t Board::run(std::uint64_t events) {
  obey();
  std::uint64_t ran = 0;
  while (powered && ran < events && clock.run_next()) {
    ++ran;
    obey();
  }
  return ran;
}

void Board::settle() {
  run(UINT64_MAX);
}

std::optional<Error> Board::answer_after(std::size_t before) {
  settle();
  if (answers.size() == before) return std::nullopt;
  EXPECT_EQ(answers.size(), before + 1) << "one call, one answer";
  return static_cast<Error>(answers.back());
}

std::optional<Error> Board::start(std::uint32_t length, Feeder feeder, std::string_view password) {
  return start(SessionStart{.image_length = length, .password = password}, feeder);
}

std::optional<Error> Board::start(const SessionStart& start, Feeder feeder) {
  const std::size_t before = answers.size();
  firmware.update_session().start(feeder, start, *this);
  return answer_after(before);
}

std::optional<Error> Board::data(base::ByteView bytes, Feeder feeder) {
  const std::size_t before = answers.size();
  firmware.update_session().data(feeder, bytes, *this);
  return answer_after(before);
}

std::optional<Error> Board::end(Feeder feeder) {
  const std::size_t before = answers.size();
  firmware.update_session().end(feeder, *this);
  return answer_after(before);
}

std::optional<Error> Board::stage(base::ByteView image, std::size_t chunk) {
  auto status = start(static_cast<std::uint32_t>(image.size()));
  while (status == Error::success && !image.empty()) {
    const base::ByteView piece = image.first(std::min(chunk, image.size()));
    image = image.subspan(piece.size());
    status = data(piece);
  }
  return status;
}

std::optional<Error> Board::update(base::ByteView image, std::size_t chunk) {
  const auto staged = stage(image, chunk);
  return staged == Error::success ? end() : staged;
}

void Board::serialize(sim::Archive& a) {
  clock.serialize(a);
  faults.serialize(a);
  flash.serialize(a);
  firmware.serialize(a);
  a.value(powered);
  if (a.is_loading()) firmware.update_session().resume(Feeder::heci, *this);
}

base::Bytes code_partition(const Board& board) {
  const auto table = factory::region_partitions(kCodeSize);
  const base::ByteView code =
      board.flash.contents().subspan(0x3000 + table.find("CODE")->offset, kCodeSize);
  return {code.begin(), code.end()};
}

}  // namespace emulator::firmware
