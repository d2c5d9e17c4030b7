// SPDX-License-Identifier: BSD-3-Clause
// The TPM for a program of the same process: whole commands and whole responses, no registers.
#pragma once

#include <optional>

#include "base/bytes.h"
#include "emulator/sim/archive.h"
#include "emulator/tpm/command_unit.h"

namespace emulator::tpm {

class ProgramPort final : public ResponseTaker {
 public:
  explicit ProgramPort(CommandUnit& unit) : unit_(unit) {}

  bool submit(std::uint8_t locality, base::ByteView command) {
    response_.reset();
    return unit_.start(Submitter::program, locality, command);
  }

  std::optional<base::Bytes> take_response() { return std::exchange(response_, std::nullopt); }

  void cancel() {
    unit_.abort(Submitter::program);
    response_.reset();
  }

  void take(base::Bytes response) override { response_ = std::move(response); }

  void serialize(sim::Archive& a) {
    a.section("tpm.program_port");
    bool has = response_.has_value();
    a.value(has);
    if (a.is_loading()) response_ = has ? std::optional<base::Bytes>(base::Bytes{}) : std::nullopt;
    if (response_) a.value(*response_);
  }

 private:
  CommandUnit& unit_;
  std::optional<base::Bytes> response_;
};

}  // namespace emulator::tpm
