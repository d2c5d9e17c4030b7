// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/firmware/flash_queue.h"

#include <algorithm>
#include <utility>

#include "base/promise.h"

namespace emulator::firmware {

FlashQueue::FlashQueue(flash::Flash& flash, sim::Scheduler& scheduler, base::Duration patience)
    : patience_(patience),
      flash_(flash),
      watchdog_(scheduler, "firmware.flash_watchdog", [this] { give_up(); }) {}

void FlashQueue::connect(FlashUser user, flash::FlashListener& listener) {
  listeners_[static_cast<std::size_t>(user)] = &listener;
}

void FlashQueue::program(FlashUser user, std::uint32_t address, base::ByteView data) {
  ask(user, Kind::program, address, data);
}

void FlashQueue::erase(FlashUser user, std::uint32_t address) {
  ask(user, Kind::erase, address, {});
}

void FlashQueue::ask(FlashUser user, Kind kind, std::uint32_t address, base::ByteView data) {
  Request& request = waiting_[static_cast<std::size_t>(user)];
  MEBENCH_PROMISE(request.kind == Kind::none && data.size() <= max_data,
                  "a writer has one request under way, and it fits");
  request.kind = kind;
  request.address = address;
  request.length = static_cast<std::uint32_t>(data.size());
  std::copy(data.begin(), data.end(), request.data.begin());
  request.turn = next_turn_++;
  serve_next();
}

void FlashQueue::serve_next() {
  if (serving_ != Serving::none) return;
  std::size_t next = users;
  for (std::size_t i = 0; i < users; ++i) {
    if (waiting_[i].kind == Kind::none) continue;
    if (next == users || waiting_[i].turn < waiting_[next].turn) next = i;
  }
  if (next == users) return;
  Request& request = waiting_[next];
  serving_ = serving_of(next);
  watchdog_.start(patience_);
  if (std::exchange(request.kind, Kind::none) == Kind::erase)
    return flash_.erase(request.address, *this);
  flash_.program(request.address, base::ByteView(request.data).first(request.length), *this);
}

void FlashQueue::flash_operation_ended(flash::FlashEnd end) {
  ended(end, Serving::none);
}

/// A part that lost the command is not busy; one that is still at it takes no other meanwhile.
void FlashQueue::give_up() {
  ended(flash::FlashEnd::failed, flash_.busy() ? Serving::nobody : Serving::none);
}

void FlashQueue::ended(flash::FlashEnd end, Serving next) {
  watchdog_.stop();
  const Serving served = std::exchange(serving_, next);
  if (served != Serving::none && served != Serving::nobody) {
    listeners_[static_cast<std::size_t>(served) - 1]->flash_operation_ended(end);
  }
  serve_next();
}

void FlashQueue::drop(FlashUser user) {
  const auto index = static_cast<std::size_t>(user);
  waiting_[index].kind = Kind::none;
  if (serving_ != serving_of(index)) return;
  watchdog_.stop();
  // A part that lost the command is not busy, and nobody will be told.
  serving_ = flash_.busy() ? Serving::nobody : Serving::none;
  serve_next();
}

void FlashQueue::power_off() {
  for (Request& request : waiting_) request.kind = Kind::none;
  watchdog_.stop();
  serving_ = Serving::none;
}

bool FlashQueue::is_possible(const Request& request) const {
  const flash::Geometry g = flash_.geometry();
  const bool in_page = request.address % g.page_size + std::uint64_t{request.length} <= g.page_size;
  const bool has_data = request.kind != Kind::program || request.length != 0;
  return in_page && has_data && std::uint64_t{request.address} + request.length <= g.size &&
         (request.kind == Kind::none || request.address < g.size);
}

void FlashQueue::serialize(sim::Archive& a) {
  a.section("firmware.flash_queue");
  for (Request& request : waiting_) {
    a.value(request.kind);
    a.value(request.address);
    a.value(request.length);
    a.value(request.data);
    a.value(request.turn);
    if (!is_possible(request)) return a.fail("a flash operation that no part can do");
  }
  a.value(serving_);
  if (serving_ > Serving::nobody) return a.fail("a flash operation of an unknown user");
  a.value(next_turn_);
  watchdog_.serialize(a);
  if (a.is_loading() && serving_ != Serving::none) flash_.resume(*this);
}

}  // namespace emulator::firmware
