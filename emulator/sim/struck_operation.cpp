// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/sim/struck_operation.h"

namespace emulator::sim {

Then StruckOperation::strike(const FaultRule& rule) {
  const FaultActionRow& row = row_of(rule.action);
  switch (row.blow) {
    case Blow::loss:
      return lose(row.loss, row.moment);
    case Blow::failure:
      return fail(rule.status);
    case Blow::silence:
      return silence();
    case Blow::delay:
      return delay(rule.delay);
    case Blow::repetition:
      return repeat();
    case Blow::pretence:
      return pretend();
    case Blow::corruption:
      return corrupt();
    case Blow::truncation:
      return truncate();
    case Blow::latch:
      return latch();
    case Blow::decay:
      return decay(rule);
    case Blow::adhesion:
      return adhere();
    case Blow::runaway:
      return run_away();
    case Blow::eviction:
      return evict();
    case Blow::lockout:
      return lock_out();
  }
  return Then::go_on;
}

Then StruckOperation::lose(Loss loss, Moment) {
  request(loss);
  return Then::stop;
}

Then StruckOperation::fail(std::uint32_t) {
  return Then::go_on;
}

Then StruckOperation::silence() {
  return Then::stop;
}

Then StruckOperation::delay(base::Duration) {
  return Then::go_on;
}

Then StruckOperation::repeat() {
  return Then::go_on;
}

Then StruckOperation::pretend() {
  return Then::go_on;
}

Then StruckOperation::corrupt() {
  return Then::go_on;
}

Then StruckOperation::truncate() {
  return Then::go_on;
}

Then StruckOperation::latch() {
  return Then::go_on;
}

Then StruckOperation::decay(const FaultRule&) {
  return Then::go_on;
}

Then StruckOperation::adhere() {
  return Then::go_on;
}

Then StruckOperation::run_away() {
  return Then::go_on;
}

Then StruckOperation::evict() {
  return Then::go_on;
}

Then StruckOperation::lock_out() {
  return Then::go_on;
}

void StruckOperation::request(Loss loss) {
  loss == Loss::power ? power_.request_power_cut() : power_.request_me_reset();
}

}  // namespace emulator::sim
