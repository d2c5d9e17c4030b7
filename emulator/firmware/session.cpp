// SPDX-License-Identifier: BSD-3-Clause
// The session's outside: its calls, its states and what of it is saved.
#include "emulator/firmware/session.h"

#include <algorithm>
#include <utility>

#include "base/planted.h"
#include "base/promise.h"
#include "base/reached.h"

namespace emulator::firmware {
namespace {

using base::Place;

struct Transition {
  SessionState from;
  SessionState to;
  Place place;
};

/// Every transition but "to idle", which stop() makes from anywhere.
constexpr std::array<Transition, 9> kTransitions = {{
    {.from = SessionState::idle, .to = SessionState::staging, .place = Place::session_starts},
    {.from = SessionState::failed,
     .to = SessionState::staging,
     .place = Place::session_starts_again},
    {.from = SessionState::staging,
     .to = SessionState::verifying,
     .place = Place::session_verifies},
    {.from = SessionState::staging,
     .to = SessionState::failed,
     .place = Place::session_staging_fails},
    {.from = SessionState::staging,
     .to = SessionState::idle,
     .place = Place::session_abandoned},  // abandoned
    {.from = SessionState::verifying,
     .to = SessionState::committing,
     .place = Place::session_commits},
    {.from = SessionState::verifying,
     .to = SessionState::failed,
     .place = Place::session_refuses_image},
    {.from = SessionState::committing,
     .to = SessionState::committed,
     .place = Place::session_committed},
    {.from = SessionState::committing,
     .to = SessionState::failed,
     .place = Place::session_commit_fails},
}};

/// The row; kTransitions.end(): no session goes that way.
auto transition(SessionState from, SessionState to) {
  return std::find_if(kTransitions.begin(), kTransitions.end(),
                      [&](const Transition& t) { return t.from == from && t.to == to; });
}

/// Whatever ran is gone.
void note_stop(SessionState state) {
  if (state == SessionState::staging) base::reached(Place::session_stops_staging);
  if (state == SessionState::verifying) base::reached(Place::session_stops_verifying);
  if (state == SessionState::committing) base::reached(Place::session_stops_committing);
  if (state == SessionState::committed) base::reached(Place::session_stops_committed);
  if (state == SessionState::failed) base::reached(Place::session_stops_failed);
}

const char* trace_text(SessionState state) {
  switch (state) {
    case SessionState::idle:
      return "session: idle";
    case SessionState::staging:
      return "session: staging";
    case SessionState::verifying:
      return "session: verifying";
    case SessionState::committing:
      return "session: committing";
    case SessionState::committed:
      return "session: committed";
    case SessionState::failed:
      return "session: failed";
  }
  return "session: unknown";
}

}  // namespace

Session::Session(const SessionParts& parts)
    : parts_(parts),
      timer_(parts.scheduler, "firmware.session", [this] { waited(); }),
      writer_(parts.flash.geometry(), parts.queue, FlashUser::session) {
  parts_.queue.connect(FlashUser::session, *this);
  parts_.settings.set_listener(*this);
}

void Session::start(Feeder feeder, const SessionStart& start, SessionListener& listener) {
  if (owed_ == Call::none) {
    asked_length_ = start.image_length;
    password_ = start.password;
    oem_id_ = start.oem_id;
    asked_kind_ = start.kind;
    asked_part_ = start.part_id;
  }
  call(Call::start, feeder, listener, sim::FaultPoint::fwu_start);
}

void Session::data(Feeder feeder, base::ByteView bytes, SessionListener& listener) {
  if (owed_ == Call::none) payload_.assign(bytes.begin(), bytes.end());
  call(Call::data, feeder, listener, sim::FaultPoint::fwu_data);
}

void Session::end(Feeder feeder, SessionListener& listener) {
  call(Call::end, feeder, listener, sim::FaultPoint::fwu_end);
}

void Session::abandon(Feeder feeder) {
  if (owed_to_ == feeder) {
    if (step_ == Step::delayed) timer_.stop();
    if (step_ == Step::delayed) step_ = Step::rest;
    owed_ = Call::none;
    owed_to_ = Feeder::none;
    ends_again_ = 0;
  }
  if (state_ != SessionState::staging || feeder_ != feeder) return;
  parts_.queue.drop(FlashUser::session);
  timer_.stop();
  enter(SessionState::idle);
}

void Session::resume(Feeder feeder, SessionListener& listener) {
  listeners_[static_cast<std::size_t>(feeder)] = &listener;
}

std::uint32_t Session::last_status() const {
  const bool busy = state_ == SessionState::verifying || state_ == SessionState::committing;
  return busy ? protocol::mkhi::kUpdateInProgress : parts_.settings.value().last_update_status;
}

void Session::stop() {
  note_stop(state_);
  parts_.queue.drop(FlashUser::session);
  timer_.stop();
  const bool stays = base::planted(base::PlantedBug::stale_session_after_reboot) &&
                     state_ == SessionState::staging;
  if (!stays) state_ = SessionState::idle;
  step_ = Step::rest;
  feeder_ = Feeder::none;
  left_torn_ = false;  // what runs now was found whole, or is the recovery code
  owed_ = Call::none;
  owed_to_ = Feeder::none;
  ends_again_ = 0;
  image_length_ = 0;
  held_.clear();
  copies_.clear();
  copy_ = 0;
  payload_.clear();
  payload_at_ = 0;
  writer_.begin(0);
  wrong_passwords_ = 0;
}

void Session::enter(SessionState next) {
  const auto row = transition(state_, next);
  MEBENCH_PROMISE(row != kTransitions.end(), "a session goes from state to state as it may");
  base::reached(row->place);
  state_ = next;
  step_ = Step::rest;
  if (next == SessionState::idle) feeder_ = Feeder::none;
  parts_.trace.record({.kind = sim::TraceKind::firmware, .a = taken(), .text = trace_text(next)});
  if (parts_.state_changed) parts_.state_changed();
}

/// Whether the numbers fit one another: what the work relies on, and a damaged file may break.
bool Session::is_sound() const {
  const Layout& layout = parts_.running.layout;
  const bool writes = state_ == SessionState::staging || state_ == SessionState::committing;
  const Extent& target = state_ == SessionState::committing ? layout.code : layout.staging;
  const bool works_on_payload = step_ == Step::processing || step_ == Step::staging;
  const std::uint64_t payload_end = std::uint64_t{payload_at_} + payload_.size();
  return owed_to_ <= Feeder::tpm && feeder_ <= Feeder::tpm && state_ <= SessionState::failed &&
         image_length_ <= layout.staging.size && layout.staging.size <= layout.code.size &&
         writer_.stays_within(image_length_) && (!writes || writer_.base() == target.base) &&
         (!works_on_payload || (payload_at_ <= writer_.written() &&
                                writer_.written() <= payload_end && payload_end <= image_length_));
}

void Session::serialize(sim::Archive& a) {
  a.section("firmware.session");
  a.value(state_);
  a.value(step_);
  a.value(feeder_);
  a.value(left_torn_);
  a.value(owed_);
  a.value(owed_to_);
  a.value(ends_again_);
  a.value(answer_);
  a.value(asked_length_);
  a.value(password_);
  a.value(oem_id_);
  a.value(image_length_);
  a.value(payload_);
  a.value(payload_at_);
  a.value(wrong_passwords_);
  writer_.serialize(a);
  timer_.serialize(a);
  if (owed_to_ > Feeder::tpm || feeder_ > Feeder::tpm)
    a.fail("an update feeder that does not exist");
  if (is_in_place()) {
    a.value(held_);
    a.value(asked_kind_);
    a.value(asked_part_);
    a.value(copy_);
  }
  if (!a.is_loading()) return;
  if (!is_in_place()) copy_ = 0;
  if (state_ == SessionState::committing) copies_ = planned_copies();
  if (!copies_fit()) a.fail("an update that does not fit the flash");
}

}  // namespace emulator::firmware
