// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/serving_loop.h"

#include <ctime>

namespace emulator::attach {
namespace {

timespec as_timespec(base::Duration amount) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(amount);
  return {.tv_sec = seconds.count(), .tv_nsec = (amount - seconds).count()};
}

}  // namespace

void ServingLoop::turn() {
  let_time_pass();
  files_.clear();
  for (Attachment* attachment : attachments_) attachment->list(files_);
  const std::optional<base::Duration> patience = pace_.patience();
  const timespec limit = as_timespec(patience.value_or(base::Duration::zero()));
  const int ready = ::ppoll(files_.data(), files_.size(), patience ? &limit : nullptr, nullptr);
  let_time_pass();
  if (ready <= 0) return pace_.idle();
  for (Attachment* attachment : attachments_) attachment->serve(files_);
}

void ServingLoop::let_time_pass() {
  pace_.catch_up();
  for (Attachment* attachment : attachments_) attachment->time_passed();
}

}  // namespace emulator::attach
