// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/command_unit.h"

#include "base/promise.h"
#include "emulator/sim/struck_operation.h"
#include "protocol/tpm/field_upgrade.h"
#include "protocol/tpm/frame.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::Duration;
using namespace protocol::tpm;

std::uint32_t ordinal_of(ByteView command) {
  const auto decoded = decode_command(command);
  return decoded ? static_cast<std::uint32_t>(decoded->ordinal) : 0;
}

bool carries_image(const Command& command) {
  return !command.body.empty() &&
         command.body.front() == static_cast<std::uint8_t>(UpgradeCommand::data);
}

}  // namespace

/// A silent TPM answers when the command is aborted.
class CommandUnit::StruckCommand final : public sim::StruckOperation {
 public:
  explicit StruckCommand(CommandUnit& unit) : StruckOperation(unit.power_), unit_(unit) {}

 private:
  sim::Then lose(sim::Loss loss, sim::Moment moment) override {
    if (loss == sim::Loss::power && moment != sim::Moment::before) {
      unit_.cut_afterwards_ = true;
      return sim::Then::go_on;
    }
    unit_.fall_silent();
    return StruckOperation::lose(loss, moment);
  }
  sim::Then fail(std::uint32_t status) override {
    unit_.respond(error_response(status == 0 ? ReturnCode::fail : static_cast<ReturnCode>(status)));
    return sim::Then::stop;
  }
  sim::Then silence() override {
    unit_.fall_silent();
    return sim::Then::stop;
  }
  sim::Then delay(Duration longer) override {
    unit_.timer_.start(longer);
    return sim::Then::stop;
  }
  sim::Then evict() override {
    unit_.target_.evict_sessions();
    return sim::Then::go_on;
  }
  sim::Then lock_out() override {
    unit_.target_.lock_out();
    return sim::Then::go_on;
  }

  CommandUnit& unit_;
};

CommandUnit::CommandUnit(const Timing& timing, CommandTarget& target, sim::Scheduler& scheduler,
                         sim::Trace& trace, sim::FaultPlan& faults, sim::PowerControl& power)
    : timing_(timing),
      target_(target),
      trace_(trace),
      faults_(faults),
      power_(power),
      timer_(scheduler, "tpm.command", [this] { work_done(); }) {}

void CommandUnit::connect(Submitter submitter, ResponseTaker& taker) {
  takers_[static_cast<std::size_t>(submitter)] = &taker;
}

bool CommandUnit::start(Submitter submitter, std::uint8_t locality, ByteView command) {
  if (busy()) return false;
  phase_ = Phase::working;
  submitter_ = submitter;
  locality_ = locality;
  command_.assign(command.begin(), command.end());
  struck_ = false;
  cut_afterwards_ = false;
  trace_.record({.kind = sim::TraceKind::tpm_command,
                 .a = ordinal_of(command),
                 .b = static_cast<std::uint32_t>(command.size())});
  timer_.start(duration_of(command));
  return true;
}

void CommandUnit::abort(Submitter submitter) {
  if (!busy() || submitter_ != submitter) return;
  if (phase_ == Phase::waiting) target_.cancel();
  trace_.record(
      {.kind = sim::TraceKind::tpm, .a = ordinal_of(command_), .text = "command aborted"});
  drop();
}

void CommandUnit::drop() {
  timer_.stop();
  phase_ = Phase::idle;
  submitter_ = Submitter::nobody;
  command_.clear();
}

void CommandUnit::work_done() {
  MEBENCH_PROMISE(phase_ == Phase::working, "time passes for a command that is worked on");
  if (!struck_) {
    struck_ = true;
    const auto rule = faults_.reach(sim::FaultPoint::tpm_command);
    if (rule && StruckCommand(*this).strike(*rule) == sim::Then::stop) return;
  }
  ++executed_;
  phase_ = Phase::waiting;
  auto response = target_.execute(locality_, command_);
  if (response) respond(std::move(*response));
}

void CommandUnit::answer(Bytes response) {
  if (phase_ == Phase::waiting) respond(std::move(response));
}

void CommandUnit::respond(Bytes response) {
  if (cut_afterwards_) {
    phase_ = Phase::silent;
    return power_.request_power_cut();
  }
  const auto decoded = decode_response(response);
  trace_.record({.kind = sim::TraceKind::tpm_response,
                 .a = ordinal_of(command_),
                 .b = decoded ? number(decoded->code) : 0});
  ResponseTaker* const taker = takers_[static_cast<std::size_t>(submitter_)];
  drop();
  if (taker != nullptr) taker->take(std::move(response));
}

Duration CommandUnit::duration_of(ByteView bytes) const {
  const auto command = decode_command(bytes);
  if (!command) return timing_.command;
  switch (work_of(command->ordinal)) {
    case Work::rsa:
      return timing_.rsa;
    case Work::key_generation:
      return timing_.key_generation;
    case Work::self_test:
      return timing_.self_test;
    case Work::field_upgrade:
      if (carries_image(*command)) return timing_.upgrade_block;
      break;
    case Work::quick:
      break;
  }
  return is_authorised(command->tag) ? timing_.authorised : timing_.command;
}

void CommandUnit::serialize(sim::Archive& a) {
  a.section("tpm.command_unit");
  timer_.serialize(a);
  a.value(phase_);
  a.value(submitter_);
  if (submitter_ > Submitter::program) a.fail("a TPM command without a sender");
  a.value(locality_);
  a.value(command_);
  a.value(struck_);
  a.value(cut_afterwards_);
  a.value(executed_);
}

}  // namespace emulator::tpm
