// SPDX-License-Identifier: BSD-3-Clause
// What the session takes and what it refuses, each refusal with its number of the FWUpdLcl family.
#include <algorithm>
#include <utility>

#include "base/planted.h"
#include "base/reached.h"
#include "emulator/firmware/local_update.h"
#include "emulator/firmware/session.h"
#include "emulator/sim/struck_operation.h"

namespace emulator::firmware {
namespace {

constexpr std::uint32_t kPasswordTries = 3;

bool is_any(const std::array<std::uint8_t, 16>& oem_id) {
  return std::all_of(oem_id.begin(), oem_id.end(), [](std::uint8_t b) { return b == 0; });
}

}  // namespace

/// What is not answered now is not answered at all.
class Session::StruckCall final : public sim::StruckOperation {
 public:
  explicit StruckCall(Session& session)
      : StruckOperation(session.parts_.power), session_(session) {}

 private:
  sim::Then lose(sim::Loss loss, sim::Moment moment) override {
    if (loss == sim::Loss::power && moment != sim::Moment::before) {
      session_.answer_ = moment == sim::Moment::inside ? Answer::muted : Answer::power_cut;
      return sim::Then::go_on;
    }
    session_.forget_call();
    return StruckOperation::lose(loss, moment);
  }
  sim::Then fail(std::uint32_t status) override {
    session_.refuse_with(status == 0 ? Error::internal_error : static_cast<Error>(status));
    return sim::Then::stop;
  }
  sim::Then silence() override {
    session_.forget_call();
    return sim::Then::stop;
  }
  sim::Then delay(base::Duration longer) override {
    if (session_.step_ != Step::rest) return sim::Then::go_on;
    session_.wait(Step::delayed, longer);
    return sim::Then::stop;
  }

  Session& session_;
};

void Session::call(Call call, Feeder feeder, SessionListener& listener, sim::FaultPoint point) {
  if (!take(call, feeder, listener)) return;
  const auto rule = parts_.faults.reach(point);
  if (rule && StruckCall(*this).strike(*rule) == sim::Then::stop) return;
  proceed();
  // Lost in the middle: the work has begun, and nobody will hear of it.
  if (answer_ == Answer::muted) parts_.power.request_power_cut();
  const bool again = rule && row_of(rule->action).blow == sim::Blow::repetition;
  if (again && take(call, feeder, listener)) proceed();
}

/// One call at a time: another is refused. END that comes again while its answer is owed is no
/// other call.
bool Session::take(Call call, Feeder feeder, SessionListener& listener) {
  const bool again = call == Call::end && owed_ == Call::end && owed_to_ == feeder;
  if (again) base::reached(base::Place::session_end_repeated);
  if (again) ++ends_again_;
  if (owed_ != Call::none) {
    if (!again) tell(listener, call, Error::update_in_progress);
    return false;
  }
  listeners_[static_cast<std::size_t>(feeder)] = &listener;
  owed_ = call;
  owed_to_ = feeder;
  answer_ = Answer::told;
  return true;
}

void Session::forget_call() {
  owed_ = Call::none;
  owed_to_ = Feeder::none;
}

void Session::refuse_with(Error error) {
  const bool ends_update =
      state_ == SessionState::staging && owed_to_ == feeder_ && owed_ != Call::start;
  if (ends_update) return fail(error);
  answer(error);
}

void Session::proceed() {
  switch (owed_) {
    case Call::none:
      return;
    case Call::start:
      return proceed_start();
    case Call::data:
      return proceed_data();
    case Call::end:
      return proceed_end();
  }
}

void Session::proceed_start() {
  const Error refusal = refusal_of_start();
  if (refusal != Error::success) return answer(refusal);
  feeder_ = owed_to_;
  image_length_ = asked_length_;
  held_.clear();
  writer_.begin(parts_.running.layout.staging.base);
  enter(SessionState::staging);
  answer(Error::success);
}

Session::Error Session::refusal_of_start() {
  const bool open = state_ == SessionState::idle || state_ == SessionState::failed;
  if (!open) return Error::update_in_progress;
  if (const Error e = refusal_of_interface(); e != Error::success) return e;
  if (const Error e = refusal_of_password(); e != Error::success) return e;
  const auto& wanted = parts_.config.update.oem_id;
  if (!is_any(wanted) && oem_id_ != wanted) return Error::oem_id_incorrect;
  if (const Error e = refusal_of_kind(); e != Error::success) return e;
  return refusal_of_length();
}

/// The recovery code has one duty, to get a board going again: no interface and no local-update
/// rule stands in its way.
Session::Error Session::refusal_of_interface() const {
  namespace fwu = protocol::fwu;
  const bool heeds_them = base::planted(base::PlantedBug::recovery_refuses_update);
  if (parts_.running.path == BootPath::recovery && !heeds_them) return Error::success;
  const Settings& s = parts_.settings.value();
  const bool through_tpm = (s.enabled_update_interfaces & fwu::kInterfaceTpm) != 0;
  if (owed_to_ == Feeder::heci && through_tpm) return Error::tpm_update_required;
  const std::uint16_t interface =
      owed_to_ == Feeder::tpm ? fwu::kInterfaceTpm : fwu::kInterfaceLocal;
  const bool open = (s.enabled_update_interfaces & interface) != 0 &&
                    effective_local_update(s) != protocol::mkhi::kLocalUpdateDisabled;
  return open ? Error::success : Error::local_update_disabled;
}

Session::Error Session::refusal_of_password() {
  const Settings& s = parts_.settings.value();
  if (effective_local_update(s) != protocol::mkhi::kLocalUpdatePassword) return Error::success;
  if (wrong_passwords_ >= kPasswordTries) return Error::password_retries;
  if (password_.empty()) return Error::password_needed;
  if (password_ == s.update_password) return Error::success;
  ++wrong_passwords_;
  return Error::password_mismatch;
}

/// What DATA and END have in common.
Session::Error Session::refusal_of_contents() const {
  switch (state_) {
    case SessionState::idle:
    case SessionState::failed:
    case SessionState::committed:
      return Error::no_update_in_progress;
    case SessionState::verifying:
    case SessionState::committing:
      return Error::update_in_progress;
    case SessionState::staging:
      break;
  }
  return owed_to_ == feeder_ ? Error::success : Error::update_in_progress;
}

void Session::proceed_data() {
  if (const Error refusal = refusal_of_contents(); refusal != Error::success)
    return answer(refusal);
  payload_at_ = taken();
  if (payload_.size() > image_length_ - payload_at_) return fail(Error::invalid_length);
  wait(Step::processing, parts_.config.update.data_processing);
}

/// END of an update that verifies or was accepted already. Its feeder lost patience, or the answer
/// was lost; it is told what the first was told.
bool Session::repeats_end() const {
  const bool accepted = state_ == SessionState::verifying || state_ == SessionState::committing ||
                        state_ == SessionState::committed;
  return accepted && owed_to_ == feeder_;
}

void Session::proceed_end() {
  if (repeats_end()) {
    base::reached(base::Place::session_end_repeated);
    if (state_ != SessionState::verifying) answer(Error::success);
    return;  // verifying: answered with the verdict
  }
  const bool nothing_begun = state_ == SessionState::idle || state_ == SessionState::failed;
  if (is_in_place() && nothing_begun) return answer(own(Status::end_without_data));
  if (const Error refusal = refusal_of_contents(); refusal != Error::success)
    return answer(refusal);
  if (is_in_place() && taken() == 0) return fail(own(Status::end_without_data));
  if (taken() != image_length_) return fail(Error::invalid_length);
  enter(SessionState::verifying);
  constexpr std::int64_t mebibyte = 1 << 20;
  wait(Step::checking, parts_.config.update.verify_per_mib * image_length_ / mebibyte);
}

Session::Error Session::judge_staged_image() const {
  const base::ByteView staged =
      parts_.flash.view(parts_.running.layout.staging.base, image_length_);
  const CheckedCode code = check_code(staged, parts_.config.identity.key_md5);
  if (code.fault == CodeFault::header) return Error::invalid_header;
  const bool believed =
      base::planted(base::PlantedBug::hash_skipped) && code.fault == CodeFault::module;
  const bool holds = code.fault == CodeFault::none && code.size == image_length_;
  if (!holds && !believed) return Error::invalid_image;

  const protocol::FirmwareVersion& offered = code.manifest.version;
  if (offered.major != parts_.running.version.major) return Error::version_mismatch;
  if (code.sku != parts_.config.identity.sku) return Error::sku_mismatch;
  return refusal_of_version(offered);
}

Session::Error Session::refusal_of_version(const protocol::FirmwareVersion& offered) const {
  // There is no operational code left to be older than.
  if (parts_.running.path == BootPath::recovery) return Error::success;
  const UpdatePolicy& policy = parts_.config.update;
  if (offered < parts_.running.version && !policy.allow_downgrade) return Error::downgrade_vetoed;
  if (offered == parts_.running.version && !policy.allow_same_version)
    return Error::allow_same_version_required;
  return Error::success;
}

void Session::answer(Error status) {
  const Call call = std::exchange(owed_, Call::none);
  const Feeder feeder = std::exchange(owed_to_, Feeder::none);
  const std::uint32_t more = std::exchange(ends_again_, 0);
  if (call == Call::none || answer_ == Answer::muted) return;
  if (answer_ == Answer::power_cut) return parts_.power.request_power_cut();
  SessionListener* const listener = listeners_[static_cast<std::size_t>(feeder)];
  if (listener == nullptr) return;
  tell(*listener, call, status);
  for (std::uint32_t i = 0; i < more; ++i) tell(*listener, call, status);
}

void Session::tell(SessionListener& listener, Call call, Error status) {
  const std::uint32_t word = word_of(status);
  switch (call) {
    case Call::none:
      return;
    case Call::start:
      return listener.session_started(word);
    case Call::data:
      return listener.session_took_data(word);
    case Call::end:
      return listener.session_ended(word, reset_type(status));
  }
}

std::uint32_t Session::reset_type(Error status) const {
  if (status != Error::success) return protocol::fwu::kResetNone;
  const bool by_itself = parts_.config.update.reset == ResetAfterUpdate::me;
  if (is_in_place())
    return by_itself ? protocol::fwu::kLaterResetMe : protocol::fwu::kLaterResetGlobal;
  return by_itself ? protocol::fwu::kResetMe : protocol::fwu::kResetPlatform;
}

}  // namespace emulator::firmware
