// SPDX-License-Identifier: BSD-3-Clause
// The session's work: each step waits for the clock, for one flash operation or for the settings,
// and leads to the next.
#include <algorithm>
#include <utility>

#include "base/planted.h"
#include "base/reached.h"
#include "emulator/firmware/session.h"

namespace emulator::firmware {

void Session::wait(Step step, base::Duration duration) {
  step_ = step;
  timer_.start(duration);
}

void Session::waited() {
  const Step step = std::exchange(step_, Step::rest);
  if (step == Step::delayed) return proceed();
  if (step == Step::processing) return stage_on();
  if (step == Step::checking) {
    if (!base::planted(base::PlantedBug::code_erased_before_verified)) return finish_check();
    step_ = Step::checking;
    parts_.queue.erase(FlashUser::session, parts_.running.layout.code.base);
  }
}

void Session::flash_operation_ended(flash::FlashEnd end) {
  if (end == flash::FlashEnd::failed) return fail(Error::internal_error);
  writer_.advanced();
  if (step_ == Step::staging) return stage_on();
  if (step_ == Step::copying) return copy_on();
  if (step_ == Step::checking) return finish_check();  // planted: the erase before it
}

void Session::stage_on() {
  if (is_in_place()) {
    held_.insert(held_.end(), payload_.begin(), payload_.end());
    return answer(Error::success);
  }
  const base::ByteView rest = base::ByteView(payload_).subspan(writer_.written() - payload_at_);
  step_ = rest.empty() ? Step::rest : Step::staging;
  if (rest.empty()) return answer(Error::success);
  writer_.advance(rest);
}

void Session::finish_check() {
  const Error verdict = is_in_place() ? judge_update_file() : judge_staged_image();
  if (verdict != Error::success) return fail(verdict);
  answer(Error::success);
  begin_copies();
}

void Session::begin_copies() {
  copies_ = planned_copies();
  if constexpr (base::kPlantedBugs) plant_copies();
  copy_ = 0;
  writer_.begin(copies_[copy_].to);
  enter(SessionState::committing);
  step_ = Step::copying;
  copy_on();
}

void Session::copy_on() {
  if (writer_.written() == copies_[copy_].size) {
    if (is_in_place() && !is_written(copies_[copy_])) return fail(Error::internal_error);
    if (++copy_ == copies_.size()) return store_result();
    writer_.begin(copies_[copy_].to);
  }
  const Copy& copy = copies_[copy_];
  const std::uint32_t at = writer_.written();
  std::array<std::uint8_t, FlashQueue::max_data> page{};
  const std::uint32_t count = std::min(copy.size - at, writer_.room_in_page());
  const base::MutableByteView piece = base::MutableByteView(page).first(count);
  const bool planted = base::kPlantedBugs && copy.to != parts_.running.layout.code.base;
  if (is_in_place() || planted) {
    std::copy_n(held_.begin() + copy.from + at, count, piece.begin());
  } else {
    parts_.flash.read(parts_.running.layout.staging.base + copy.from + at, piece);
  }
  writer_.advance(piece);
}

void Session::store_result() {
  step_ = Step::storing;
  Settings settings = parts_.settings.value();
  settings.last_update_status = protocol::update::number(Error::success);
  const bool counted = settings.override_counter != protocol::fwu::kOverrideCounterAlways;
  if (counted && settings.override_counter != 0) --settings.override_counter;
  parts_.settings.save(settings);
}

void Session::settings_stored() {
  if (step_ != Step::storing) return;
  left_torn_ = false;
  enter(SessionState::committed);
  if (parts_.running.path == BootPath::recovery) base::reached(base::Place::session_recovers);
  SessionListener* const listener = listeners_[static_cast<std::size_t>(feeder_)];
  if (listener != nullptr) listener->session_committed();
  if (parts_.config.update.reset == ResetAfterUpdate::me) parts_.power.request_me_reset();
}

/// The first cause stays: an update that is refused before it writes does not hide that the one
/// before it left half-written code behind.
void Session::fail(Error status) {
  const bool writes = state_ == SessionState::committing;
  enter(SessionState::failed);
  feeder_ = Feeder::none;
  if (left_torn_) return answer(status);
  left_torn_ = writes;
  Settings settings = parts_.settings.value();
  settings.last_update_status = word_of(status);
  parts_.settings.save(settings);
  answer(status);
}

}  // namespace emulator::firmware
