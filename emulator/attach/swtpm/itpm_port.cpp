// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/swtpm/itpm_port.h"

#include <fmt/format.h>

#include "base/hex.h"
#include "protocol/tpm/capability.h"

namespace emulator::attach::swtpm {

using base::Bytes;
using base::ByteView;
using base::Result;

ReturnCode ItpmPort::initialise() {
  cancel();
  itpm_.set_bios(tpm::Bios::absent);
  itpm_.reset();
  const Bytes state = std::exchange(volatile_, {});
  if (state.empty()) return ReturnCode::success;
  return itpm_.resume(state) ? ReturnCode::success : ReturnCode::fail;
}

void ItpmPort::release() {
  cancel();
  volatile_.clear();
  itpm_.set_bios(config_.bios);
  itpm_.reset();
}

/// It is the process that serves the TPM which knows its board, not the TPM.
std::optional<Ticket> ItpmPort::submit(std::uint8_t locality, ByteView command) {
  if (running_) return std::nullopt;
  if (asks_for_board(command)) {
    response_ = protocol::tpm::capability_response(to_bytes(protocol::tpm::BoardRecord{*board_}));
  } else if (itpm_.submit(locality, command)) {
    response_.reset();
  } else {
    return std::nullopt;
  }
  running_ = Ticket{++tickets_};
  return running_;
}

bool ItpmPort::asks_for_board(ByteView command) const {
  const auto asked = protocol::tpm::decode_capability_request(command);
  return board_ && asked && asked->area == protocol::tpm::CapArea::mfr &&
         number_of(*asked) == protocol::tpm::kCapMfrBoardId;
}

Progress ItpmPort::progress(Ticket ticket) {
  if (running_ != ticket) return Progress::dropped;
  if (!response_) response_ = itpm_.take_response();
  if (response_) return Progress::answered;
  if (itpm_.busy()) return Progress::working;
  running_.reset();
  return Progress::dropped;
}

Bytes ItpmPort::take_response(Ticket ticket) {
  if (progress(ticket) != Progress::answered) return {};
  running_.reset();
  return *std::exchange(response_, std::nullopt);
}

void ItpmPort::cancel() {
  itpm_.cancel();
  running_.reset();
}

ReturnCode ItpmPort::store_volatile() {
  auto state = itpm_.volatile_state();
  if (!state) return ReturnCode::fail;
  volatile_ = std::move(state).value();
  return ReturnCode::success;
}

/// What TPM_SaveState saved travels with the permanent state: one seal around both.
Result<Bytes> ItpmPort::state(StatePart part) {
  switch (part) {
    case StatePart::permanent:
      return itpm_.permanent_state();
    case StatePart::volatile_state:
      return itpm_.volatile_state();
    case StatePart::saved:
      break;
  }
  return Bytes{};
}

ReturnCode ItpmPort::set_state(StatePart part, ByteView state) {
  switch (part) {
    case StatePart::permanent:
      return itpm_.replace_permanent_state(state) ? ReturnCode::success : ReturnCode::bad_parameter;
    case StatePart::volatile_state:
      volatile_.assign(state.begin(), state.end());
      break;
    case StatePart::saved:
      if (!state.empty()) return ReturnCode::bad_parameter;
  }
  return ReturnCode::success;
}

Description ItpmPort::description() {
  const auto& version = config_.version;
  return {
      .specification = R"("TPMSpecification":{"family":"1.2","level":2,"revision":116})",
      .attributes = fmt::format(
          R"("TPMAttributes":{{"manufacturer":"id:{}","version":"id:{:04X}{:04X}","model":"iTPM"}})",
          base::to_hex(base::as_bytes(config_.vendor)), version.major, version.minor)};
}

}  // namespace emulator::attach::swtpm
