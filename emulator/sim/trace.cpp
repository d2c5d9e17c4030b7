// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/sim/trace.h"

#include <algorithm>

namespace emulator::sim {

const char* name(TraceKind kind) {
  switch (kind) {
    case TraceKind::message_to_me:
      return "message_to_me";
    case TraceKind::message_to_host:
      return "message_to_host";
    case TraceKind::bad_input:
      return "bad_input";
    case TraceKind::link:
      return "link";
    case TraceKind::flash_program:
      return "flash_program";
    case TraceKind::flash_erase:
      return "flash_erase";
    case TraceKind::flash_torn:
      return "flash_torn";
    case TraceKind::firmware:
      return "firmware";
    case TraceKind::power:
      return "power";
    case TraceKind::fault:
      return "fault";
    case TraceKind::tpm_command:
      return "tpm_command";
    case TraceKind::tpm_response:
      return "tpm_response";
    case TraceKind::tpm:
      return "tpm";
  }
  return "unknown";
}

void TraceRing::record(const TraceRecord& record) {
  if (ring_.empty()) return;
  Kept& place = ring_[written_++ % ring_.size()];
  place.record = record;
  place.record.data = {};
  place.data_size = record.data.size();
  const std::size_t kept = std::min(record.data.size(), kept_data);
  std::copy_n(record.data.begin(), kept, place.head.begin());
}

std::vector<TraceRing::Kept> TraceRing::last(std::size_t count) const {
  const std::uint64_t held = std::min<std::uint64_t>(written_, ring_.size());
  const std::uint64_t wanted = std::min<std::uint64_t>(held, count);
  std::vector<Kept> out;
  for (std::uint64_t i = written_ - wanted; i < written_; ++i)
    out.push_back(ring_[i % ring_.size()]);
  return out;
}

}  // namespace emulator::sim
