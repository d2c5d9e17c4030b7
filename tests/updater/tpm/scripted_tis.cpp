// SPDX-License-Identifier: BSD-3-Clause
#include "tests/updater/tpm/scripted_tis.h"

#include <algorithm>

#include "protocol/tpm/frame.h"

namespace test {

using namespace protocol::tpm::tis;

namespace {
constexpr std::uint32_t kBurst = 8;
}

std::uint8_t ScriptedTis::access() const {
  if (fault_ == Fault::no_tpm) return 0xFF;
  return static_cast<std::uint8_t>(kAccessValid | (active ? kAccessActive : 0));
}

bool ScriptedTis::expects() const {
  const auto size = protocol::tpm::announced_size(fifo_);
  return !size || fifo_.size() < *size;
}

std::uint8_t ScriptedTis::status() const {
  const std::uint8_t valid = fault_ == Fault::never_valid ? 0 : kStsValid;
  switch (state_) {
    case State::idle:
      return 0;
    case State::ready:
      return fault_ == Fault::never_ready ? 0 : kStsCommandReady;
    case State::reception: {
      const bool expect =
          fault_ != Fault::never_expects && (fault_ == Fault::always_expects || expects());
      return static_cast<std::uint8_t>(valid | (expect ? kStsExpect : 0));
    }
    case State::execution:
      return fault_ == Fault::taken_away ? 0xFF : 0;
    case State::completion:
      break;
  }
  return static_cast<std::uint8_t>(valid | (read_at_ < answer.size() ? kStsDataAvail : 0));
}

std::uint32_t ScriptedTis::burst() const {
  if (fault_ == Fault::no_burst) return 0;
  if (state_ != State::completion) return kBurst;
  return std::min(kBurst, static_cast<std::uint32_t>(answer.size() - read_at_));
}

std::uint8_t ScriptedTis::read8(std::uint32_t at) {
  if (at == kAccess) return access();
  if (at == kSts) return status();
  if (at == kDataFifo && state_ == State::completion && read_at_ < answer.size()) {
    return answer[read_at_++];
  }
  return 0xFF;
}

std::uint32_t ScriptedTis::read32(std::uint32_t at) {
  if (at == kDidVid) return 0x00010000u | vendor;
  if (at == kSts) return burst() << 8 | status();
  return 0xFFFFFFFF;
}

void ScriptedTis::write8(std::uint32_t at, std::uint8_t value) {
  if (at == kAccess && value == kAccessRequestUse) {
    requested = fault_ == Fault::other_locality;
    active = !requested && fault_ != Fault::no_tpm;
  } else if (at == kAccess && value == kAccessActive) {
    active = requested = false;
  } else if (at == kSts) {
    write_status(value);
  } else if (at == kDataFifo && (state_ == State::ready || state_ == State::reception)) {
    state_ = State::reception;
    fifo_.push_back(value);
  }
}

void ScriptedTis::write_status(std::uint8_t value) {
  if (value == kStsCommandReady) {
    if (state_ == State::execution && fault_ == Fault::hangs) return;
    state_ = State::ready;
    fifo_.clear();
  } else if (value == kStsGo && state_ == State::reception) {
    received = fifo_;
    ++started;
    read_at_ = 0;
    const bool works =
        fault_ == Fault::never_answers || fault_ == Fault::hangs || fault_ == Fault::taken_away;
    state_ = works ? State::execution : State::completion;
  }
}

}  // namespace test
