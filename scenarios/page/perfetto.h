// SPDX-License-Identifier: BSD-3-Clause
// A trace for ui.perfetto.dev: Perfetto's protobuf format with TrackEvents
// (google/perfetto, protos/perfetto/trace: trace.proto, track_event/track_event.proto,
// track_event/track_descriptor.proto).
#pragma once

#include <vector>

#include "base/bytes.h"
#include "emulator/trace/trace_line.h"

namespace scenarios::page {

/// A track a story, and in it one each for messages, TPM commands (slices from command to answer),
/// the states (StateLane, slices), the flash, faults and other events. Times are virtual.
base::Bytes to_perfetto(const std::vector<emulator::trace::TracedStory>& stories);

}  // namespace scenarios::page
