// SPDX-License-Identifier: BSD-3-Clause
// A firmware with its flash and nothing else of a machine: what a feeder of updates and a power
// switch need.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "emulator/factory/update_image.h"
#include "emulator/firmware/firmware.h"
#include "emulator/flash/nor_flash.h"
#include "protocol/update/tool_errors.h"

namespace emulator::firmware {

using Error = protocol::update::ToolError;

/// 512 KiB: room for 64 KiB of code, so that a whole update is a few hundred flash operations.
inline constexpr flash::Part kSmallPart = {
    .name = "SMALL",
    .jedec_id = 0,
    .geometry = {.size = 0x80000, .sector_size = flash::kSectorSize, .page_size = flash::kPageSize},
    .page_program = std::chrono::microseconds(1400),
    .sector_erase = std::chrono::milliseconds(60)};
inline constexpr std::uint32_t kCodeSize = 0x10000;
inline constexpr std::uint32_t kSku = 0x83E;

/// Firmware 5.0.1.1111 with recovery 5.0.0.1000, every setting different from its default.
FirmwareConfig old_board();
base::Bytes factory_flash(const FirmwareConfig& config, std::uint32_t code_size = kCodeSize,
                          const flash::Part& part = kSmallPart);
/// 64 KiB of 5.2.70.1046 for old_board(), unless `change` says otherwise.
factory::ImageRecipe new_code();
base::Bytes image_of(const factory::ImageRecipe& recipe);
const base::Bytes& new_image();  ///< of new_code()

class Board final : public sim::PowerControl, public BootListener, public SessionListener {
 public:
  explicit Board(const FirmwareConfig& config = old_board());
  Board(const FirmwareConfig& config, base::Bytes contents, const flash::Part& part = kSmallPart);

  /// Power on, and time until nothing more happens. False when power was lost again.
  bool boot();
  void power_cut();
  /// Time until nothing more is due, or power is lost.
  void settle();
  /// At most `events` of them; returns how many there were.
  std::uint64_t run(std::uint64_t events);

  // A feeder that waits for each answer; nothing when there is none.
  std::optional<Error> start(std::uint32_t length, Feeder feeder = Feeder::heci,
                             std::string_view password = {});
  std::optional<Error> start(const SessionStart& start, Feeder feeder = Feeder::heci);
  std::optional<Error> data(base::ByteView bytes, Feeder feeder = Feeder::heci);
  std::optional<Error> end(Feeder feeder = Feeder::heci);
  /// START, DATA in `chunk` bytes, END: the first answer that is not success, or END's.
  std::optional<Error> update(base::ByteView image, std::size_t chunk = 4096);
  /// The same up to, and without, END.
  std::optional<Error> stage(base::ByteView image, std::size_t chunk = 4096);

  void serialize(sim::Archive& a);

  void request_power_cut() override { cut_asked_ = true; }
  void request_me_reset() override { reset_asked_ = true; }
  void boot_ended(BootPath path) override { boots.push_back(path); }
  void firmware_stopped() override { ++stops; }
  void session_started(std::uint32_t status) override { answers.push_back(status); }
  void session_took_data(std::uint32_t status) override { answers.push_back(status); }
  void session_ended(std::uint32_t status, std::uint32_t reset) override {
    answers.push_back(status);
    reset_type = reset;
  }

  sim::Scheduler clock;
  sim::Trace trace{clock};
  sim::FaultPlan faults{trace};
  flash::NorFlash flash;
  Firmware firmware;

  std::vector<BootPath> boots;
  int stops = 0;
  std::vector<std::uint32_t> answers;
  std::uint32_t reset_type = 99;
  bool powered = false;

 private:
  void obey();
  std::optional<Error> answer_after(std::size_t before);

  bool cut_asked_ = false;
  bool reset_asked_ = false;
};

/// What of the flash the running code lies in.
base::Bytes code_partition(const Board& board);

}  // namespace emulator::firmware
