// SPDX-License-Identifier: BSD-3-Clause
// What a mebench::Board has.
#pragma once

#include <mebench/board.h>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "emulator/machine/machine.h"
#include "emulator/sim/trace.h"
#include "face/board/drivers.h"
#include "face/board/users_client.h"

namespace face {

class UsersTrace final : public emulator::sim::TraceSink {
 public:
  using Listener = std::function<void(const mebench::TraceEvent&)>;
  explicit UsersTrace(Listener listener) : listener_(std::move(listener)) {}
  void record(const emulator::sim::TraceRecord& record) override;

 private:
  Listener listener_;
};

}  // namespace face

namespace mebench {

struct [[gnu::visibility("hidden")]] Board::Parts {
  explicit Parts(std::unique_ptr<emulator::machine::Machine> wired);

  // Each uses those before it until it goes.
  std::optional<face::UsersTrace> trace;
  std::unique_ptr<emulator::machine::Machine> machine;
  std::vector<std::unique_ptr<face::UsersClient>> clients;
  face::BoardClock clock;
  face::BoardMe me;
  std::optional<face::BoardTpm> tpm;
};

}  // namespace mebench
