// SPDX-License-Identifier: BSD-3-Clause
// One flash, three users: each may ask for one operation at a time, and they are served in the
// order they asked. A part that never says how its operation ended is waited for until the watchdog
// ends it.
#pragma once

#include <array>
#include <cstdint>

#include "emulator/flash/flash.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/scheduler.h"

namespace emulator::firmware {

enum class FlashUser : std::uint8_t { settings, session, tpm };

class FlashQueue final : private flash::FlashListener {
 public:
  static constexpr std::size_t max_data = 256;  ///< bytes a program operation may carry

  /// An operation that has not ended `patience` after it began has failed.
  FlashQueue(flash::Flash& flash, sim::Scheduler& scheduler, base::Duration patience);
  void connect(FlashUser user, flash::FlashListener& listener);

  void program(FlashUser user, std::uint32_t address, base::ByteView data);
  void erase(FlashUser user, std::uint32_t address);

  /// The user is no longer interested: what it waits for is forgotten; what has begun ends unheard.
  void drop(FlashUser user);
  /// Power is gone: nothing is in progress any more.
  void power_off();

  void serialize(sim::Archive& a);

 private:
  enum class Kind : std::uint8_t { none, program, erase };
  struct Request {
    Kind kind = Kind::none;
    std::uint32_t address = 0;
    std::uint32_t length = 0;
    std::array<std::uint8_t, max_data> data{};
    std::uint64_t turn = 0;
  };
  /// Whose operation the flash is busy with; `nobody`: one whose user has lost interest.
  enum class Serving : std::uint8_t { none, settings, session, tpm, nobody };

  static constexpr std::size_t users = 3;
  static Serving serving_of(std::size_t user) { return static_cast<Serving>(user + 1); }

  void flash_operation_ended(flash::FlashEnd end) override;
  void ask(FlashUser user, Kind kind, std::uint32_t address, base::ByteView data);
  void serve_next();
  void ended(flash::FlashEnd end, Serving next);
  void give_up();
  bool is_possible(const Request& request) const;

  base::Duration patience_;
  flash::Flash& flash_;
  std::array<flash::FlashListener*, users> listeners_{};
  sim::Timer watchdog_;
  std::array<Request, users> waiting_{};
  Serving serving_ = Serving::none;
  std::uint64_t next_turn_ = 0;
};

}  // namespace emulator::firmware
