// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/forecast/time_spent.h"

#include <algorithm>
#include <numeric>

#include "base/promise.h"
#include "emulator/flash/parts.h"

namespace scenarios::forecast {

using emulator::firmware::BootPath;
using emulator::firmware::SessionState;
using emulator::sim::TraceKind;

const char* name(Work work) {
  switch (work) {
    case Work::transfer:
      return "transfer";
    case Work::erase:
      return "erase";
    case Work::program:
      return "program";
    case Work::verify:
      return "verify";
    case Work::restart:
      return "restart";
    case Work::looking:
      return "looking";
  }
  return "unknown";
}

TimeSpent::TimeSpent(emulator::machine::Board& board)
    : board_(board), began_(board.clock().now()), from_(began_) {
  const auto& part = *emulator::flash::find_part(board.profile().flash.part);
  page_program_ = part.page_program;
  sector_erase_ = part.sector_erase;
  board.trace().attach(*this);
}

TimeSpent::~TimeSpent() {
  board_.trace().detach(*this);
}

Shares TimeSpent::finish() {
  advance();
  const auto all = std::accumulate(shares_.begin(), shares_.end(), base::Duration::zero());
  MEBENCH_PROMISE(all == from_ - began_, "every moment is somebody's share, and one's alone");
  return shares_;
}

void TimeSpent::record(const emulator::sim::TraceRecord& r) {
  advance();
  if (r.kind == TraceKind::flash_erase || r.kind == TraceKind::flash_program) {
    const bool erases = r.kind == TraceKind::flash_erase;
    flash_work_ = erases ? Work::erase : Work::program;
    flash_until_ = from_ + (erases ? sector_erase_ : page_program_);
  }
  rest_ = at_work();
}

/// Charges the time since the last record: the flash's until it was done, then the update's.
void TimeSpent::advance() {
  const base::TimePoint now = board_.clock().now();
  charge(flash_work_, std::min(flash_until_, now));
  charge(rest_, now);
}

void TimeSpent::charge(Work work, base::TimePoint until) {
  if (until <= from_) return;
  shares_[static_cast<std::size_t>(work)] += until - from_;
  from_ = until;
}

Work TimeSpent::at_work() const {
  const SessionState state = board_.firmware().update_session().state();
  if (board_.firmware().boot_path() == BootPath::booting) return Work::restart;
  if (state == SessionState::verifying) return Work::verify;
  const bool settled = rest_ == Work::verify || rest_ == Work::restart || rest_ == Work::looking;
  return settled ? Work::looking : Work::transfer;
}

}  // namespace scenarios::forecast
