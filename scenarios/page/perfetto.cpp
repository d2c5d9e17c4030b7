// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/perfetto.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/tpm/ordinals.h"
#include "scenarios/page/over_time.h"

namespace scenarios::page {
namespace {

using base::Bytes;
using emulator::sim::TraceKind;
using emulator::trace::TracedStory;
using emulator::trace::TraceLine;

// Field numbers of the .proto files.
constexpr std::uint32_t kPacket = 1;     // of Trace
constexpr std::uint32_t kTimestamp = 8;  // of TracePacket
constexpr std::uint32_t kSequence = 10;
constexpr std::uint32_t kTrackEvent = 11;
constexpr std::uint32_t kTrackDescriptor = 60;
constexpr std::uint32_t kUuid = 1;  // of TrackDescriptor
constexpr std::uint32_t kTrackName = 2;
constexpr std::uint32_t kParentUuid = 5;
constexpr std::uint32_t kType = 9;  // of TrackEvent
constexpr std::uint32_t kTrackUuid = 11;
constexpr std::uint32_t kEventName = 23;

enum class EventType : std::uint8_t { begin = 1, end = 2, instant = 3 };

/// A protobuf message, field by field.
class Message {
 public:
  Message& number(std::uint32_t field, std::uint64_t value) {
    varint(std::uint64_t{field} << 3u);
    varint(value);
    return *this;
  }
  Message& bytes(std::uint32_t field, base::ByteView value) {
    varint((std::uint64_t{field} << 3u) | 2u);
    varint(value.size());
    out_.insert(out_.end(), value.begin(), value.end());
    return *this;
  }
  Message& text(std::uint32_t field, std::string_view value) {
    return bytes(field, base::as_bytes(value));
  }
  const Bytes& done() const { return out_; }

 private:
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7u) out_.push_back(static_cast<std::uint8_t>(value | 0x80u));
    out_.push_back(static_cast<std::uint8_t>(value));
  }

  Bytes out_;
};

class PerfettoFile {
 public:
  /// Its number; `parent` 0: it has none.
  std::uint64_t track(std::string_view name, std::uint64_t parent) {
    const std::uint64_t uuid = ++tracks_;
    Message descriptor;
    descriptor.number(kUuid, uuid).text(kTrackName, name);
    if (parent != 0) descriptor.number(kParentUuid, parent);
    packet(Message().bytes(kTrackDescriptor, descriptor.done()));
    return uuid;
  }
  /// `name` of an end is not looked at.
  void event(EventType type, std::uint64_t track, std::int64_t at_ns, std::string_view name) {
    Message event;
    event.number(kType, static_cast<std::uint64_t>(type)).number(kTrackUuid, track);
    if (type != EventType::end) event.text(kEventName, name);
    packet(Message()
               .number(kTimestamp, static_cast<std::uint64_t>(at_ns))
               .bytes(kTrackEvent, event.done()));
  }
  Bytes take() { return trace_.done(); }

 private:
  void packet(Message message) {
    message.number(kSequence, 1);
    trace_.bytes(kPacket, message.done());
  }

  Message trace_;
  std::uint64_t tracks_ = 0;
};

constexpr std::string_view kMessageTrack = "messages";
constexpr std::string_view kTpmTrack = "TPM commands";
constexpr std::string_view kFlashTrack = "flash";
constexpr std::string_view kFaultTrack = "faults";
constexpr std::string_view kEventTrack = "events";

std::string_view track_of(const TraceLine& line) {
  if (line.is_message()) return kMessageTrack;
  if (line.is_flash()) return kFlashTrack;
  if (line.kind == TraceKind::fault) return kFaultTrack;
  const bool tpm = line.kind == TraceKind::tpm_command || line.kind == TraceKind::tpm_response;
  return tpm ? kTpmTrack : kEventTrack;
}

std::string name_of(const TraceLine& line) {
  if (line.kind == TraceKind::tpm_command)
    return fmt::format("TPM_{}", protocol::tpm::name(static_cast<protocol::tpm::Ordinal>(line.a)));
  const char* arrow = line.kind == TraceKind::message_to_me     ? "-> "
                      : line.kind == TraceKind::message_to_host ? "<- "
                                                                : "";
  return arrow + words_of(line);
}

/// The tracks of one story, each made when it is first needed.
class StoryTracks {
 public:
  StoryTracks(PerfettoFile& file, const TracedStory& story)
      : file_(file), story_(file.track(story.id.empty() ? "board" : story.id, 0)) {}

  void add(const TraceLine& line) {
    const std::uint64_t track = track_named(track_of(line));
    const std::int64_t at = line.at.count();
    if (line.kind == TraceKind::tpm_command) {
      if (command_open_) file_.event(EventType::end, track, at, {});
      file_.event(EventType::begin, track, at, name_of(line));
      command_open_ = true;
    } else if (line.kind == TraceKind::tpm_response) {
      if (command_open_) file_.event(EventType::end, track, at, {});
      command_open_ = false;
    } else {
      file_.event(EventType::instant, track, at, name_of(line));
    }
  }

  void add(const StateLane& lane) {
    constexpr double kNanoseconds = 1e9;
    const std::uint64_t track = file_.track(lane.name, story_);
    for (const StateSpan& span : lane.spans) {
      file_.event(EventType::begin, track, std::llround(span.from * kNanoseconds),
                  span.state.empty() ? "no power" : span.state);
      file_.event(EventType::end, track, std::llround(span.to * kNanoseconds), {});
    }
  }

 private:
  std::uint64_t track_named(std::string_view name) {
    for (const auto& [known, uuid] : tracks_) {
      if (known == name) return uuid;
    }
    return tracks_.emplace_back(name, file_.track(name, story_)).second;
  }

  PerfettoFile& file_;
  std::uint64_t story_;
  std::vector<std::pair<std::string_view, std::uint64_t>> tracks_;
  bool command_open_ = false;
};

}  // namespace

Bytes to_perfetto(const std::vector<TracedStory>& stories) {
  PerfettoFile file;
  for (const TracedStory& story : stories) {
    StoryTracks tracks(file, story);
    for (const StateLane& lane : lanes_of(story.lines)) tracks.add(lane);
    for (const TraceLine& line : story.lines) tracks.add(line);
  }
  return file.take();
}

}  // namespace scenarios::page
