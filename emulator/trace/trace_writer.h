// SPDX-License-Identifier: BSD-3-Clause
// The trace as JSON lines: virtual time first, byte for byte the same for the same story.
#pragma once

#include <cstdio>
#include <string>

#include "base/result.h"
#include "emulator/sim/trace.h"
#include "emulator/trace/describe_message.h"

namespace emulator::trace {

/// Writes one object a line: {"t_ns": ..., "kind": "...", ...}. Messages carry their size, their
/// first 64 bytes, a checksum of all of them (FNV-1a, 64 bits), and what they say in words. A line
/// is in the file when record() returns, whatever becomes of the process.
class TraceWriter final : public sim::TraceSink {
 public:
  TraceWriter() = default;
  ~TraceWriter() override;
  TraceWriter(const TraceWriter&) = delete;
  TraceWriter& operator=(const TraceWriter&) = delete;

  /// Begins the file with a line that names the story. Errors: io (path named).
  base::Result<void> open(const std::string& path, const std::string& story);
  /// Errors: io: something did not reach the disk.
  base::Result<void> close();

  void record(const sim::TraceRecord& record) override;

 private:
  void line(std::string text);

  std::FILE* file_ = nullptr;
  std::string path_;
  ClientMap clients_;
};

}  // namespace emulator::trace
