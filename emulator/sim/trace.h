// SPDX-License-Identifier: BSD-3-Clause
// What happened, in order of virtual time. Chips record; sinks keep, print or compare.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"

namespace emulator::sim {

struct MessageWords;

enum class TraceKind : std::uint8_t {
  message_to_me,    ///< a whole message arrived: me_addr, host_addr, data
  message_to_host,  ///< a whole message was sent: me_addr, host_addr, data
  bad_input,        ///< the host did what hardware shrugs at: text names the rule
  link,             ///< reset, ready: text
  flash_program,    ///< address a, length b
  flash_erase,      ///< address a, length b
  flash_torn,       ///< address a, bytes done b
  firmware,         ///< boot, session, provisioning: text, a, b
  power,            ///< on, cut, reset: text
  fault,            ///< an injected fault took effect: text, occurrence a
  tpm_command,      ///< the TPM took a command: ordinal a, size b; never its bytes
  tpm_response,     ///< the TPM answered: ordinal a, return code b
  tpm,              ///< start-up, lockout, field upgrade: text, a, b
};

const char* name(TraceKind kind);

/// `data` and `text` are only good during the call that records them; text must be a literal.
struct TraceRecord {
  base::TimePoint at{};
  TraceKind kind = TraceKind::firmware;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  const char* text = "";
  base::ByteView data;
  const MessageWords* words = nullptr;  ///< of the client whose message it is
};

class TraceSink {
 public:
  virtual ~TraceSink() = default;
  virtual void record(const TraceRecord& record) = 0;
};

/// Hands each record to every sink; costs a branch when there is none.
class Trace {
 public:
  explicit Trace(const base::Clock& clock) : clock_(clock) {}

  void attach(TraceSink& sink) { sinks_.push_back(&sink); }
  void detach(TraceSink& sink) { std::erase(sinks_, &sink); }

  /// Stamps `r` with the time and passes it on.
  void record(TraceRecord r) {
    if (sinks_.empty()) return;
    r.at = clock_.now();
    for (TraceSink* sink : sinks_) sink->record(r);
  }

 private:
  const base::Clock& clock_;
  std::vector<TraceSink*> sinks_;
};

/// Keeps the last records with the first bytes of their data, without allocating while it records.
class TraceRing final : public TraceSink {
 public:
  static constexpr std::size_t kept_data = 64;
  struct Kept {
    TraceRecord record;  ///< its data view is empty; use head
    std::array<std::uint8_t, kept_data> head{};
    std::size_t data_size = 0;  ///< of the whole message
  };

  explicit TraceRing(std::size_t capacity) : ring_(capacity) {}
  void record(const TraceRecord& record) override;

  /// Oldest first.
  std::vector<Kept> last(std::size_t count) const;

 private:
  std::vector<Kept> ring_;
  std::uint64_t written_ = 0;
};

}  // namespace emulator::sim
