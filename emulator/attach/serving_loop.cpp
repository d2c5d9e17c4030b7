// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/serving_loop.h"

namespace emulator::attach {

void ServingLoop::turn() {
  let_time_pass();
  files_.clear();
  for (Attachment* attachment : attachments_) attachment->list(files_);
  const auto next = in_talk_ ? os::Expected::soon : os::Expected::later;
  const std::optional<base::Duration> patience = pace_.patience();
  const int ready = waiting_.wait(files_, patience, next);
  // A turn that could not wait says nothing of the peers: the machine had something to do.
  if (ready > 0 || patience != base::Duration::zero()) in_talk_ = ready > 0;
  let_time_pass();
  if (ready <= 0) return pace_.idle();
  for (Attachment* attachment : attachments_) attachment->serve(files_);
}

void ServingLoop::let_time_pass() {
  pace_.catch_up();
  for (Attachment* attachment : attachments_) attachment->time_passed();
}

}  // namespace emulator::attach
