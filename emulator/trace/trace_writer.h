// SPDX-License-Identifier: BSD-3-Clause
// The trace as JSON lines: virtual time first, byte for byte the same for the same story.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/result.h"
#include "emulator/sim/trace.h"
#include "emulator/trace/describe_message.h"
#include "os/descriptor.h"

namespace emulator::trace {

/// Of the file, told by its "story" lines. Raise it when what a line says changes; mesim trace
/// reads older ones. 2: secrets are zeros; before, the number was not told.
inline constexpr int kTraceFormat = 2;

/// Writes one object a line: {"t_ns": ..., "kind": "...", ...}. Messages carry their size, their
/// first 64 bytes, a checksum of all of them (FNV-1a, 64 bits), and what they say in words; zeros
/// stand in place of secrets, for all three. A line is in the file when record() returns, whatever
/// becomes of the process.
class TraceWriter final : public sim::TraceSink {
 public:
  TraceWriter() = default;
  TraceWriter(const TraceWriter&) = delete;
  TraceWriter& operator=(const TraceWriter&) = delete;

  /// Begins the file, which only its owner may read, with a line that names the story. Errors:
  /// those of os::open_private().
  base::Result<void> open(const std::string& path, const std::string& story);
  /// Errors: io: something did not reach the disk.
  base::Result<void> close();

  void record(const sim::TraceRecord& record) override;
  /// What a ring has kept of one. A message whose end was not kept has no checksum.
  void record_kept(const sim::TraceRing::Kept& kept, const ClientMap& clients);

 private:
  void line(std::string text);

  std::optional<os::Descriptor> file_;
  base::Result<void> written_;  ///< the first failure
  std::string path_;
  ClientMap clients_;
};

/// The end of a trace, kept in memory at all times and written when something went wrong: without
/// the flash's operations, but for torn ones, for they are many and tell little.
class LastTrace final : public sim::TraceSink {
 public:
  static constexpr std::size_t kLines = 4096;

  void record(const sim::TraceRecord& record) override;

  /// As a trace; how many lines stand behind its first. Errors: those of TraceWriter.
  base::Result<std::size_t> write(const std::string& path, const std::string& story) const;

 private:
  sim::TraceRing ring_{kLines};
  ClientMap clients_;
};

}  // namespace emulator::trace
