// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/trace_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/hex.h"
#include "emulator/trace/duration_text.h"
#include "emulator/trace/trace_writer.h"

namespace emulator::trace {
namespace {

using Json = nlohmann::ordered_json;
using base::Errc;
using base::Error;

std::string text_of(const Json& json, const char* member) {
  return json.contains(member) && json[member].is_string() ? json[member].get<std::string>() : "";
}

std::int64_t number_of(const Json& json, const char* member, std::int64_t otherwise) {
  const bool there = json.contains(member) && json[member].is_number_integer();
  return there ? json[member].get<std::int64_t>() : otherwise;
}

std::string message_in_words(const Json& json, const char* direction) {
  return fmt::format("{} {} ({} bytes, me {:#04x} host {})", direction, text_of(json, "says"),
                     number_of(json, "size", 0), number_of(json, "me", 0),
                     number_of(json, "host", 0));
}

/// "-- flash_erase: address 4096, length 4096".
std::string event_in_words(const Json& json, const std::string& kind) {
  std::string values;
  for (const auto& [key, value] : json.items()) {
    if (key == "t_ns" || key == "kind") continue;
    const std::string shown = value.is_string() ? value.get<std::string>() : value.dump();
    values += fmt::format("{}{} {}", values.empty() ? "" : ", ", key, shown);
  }
  return fmt::format("-- {}: {}", kind, values);
}

/// A number of `T`, 0 where there is none or where it is none.
template <class T>
T part_of(const Json& json, const char* member) {
  const std::int64_t number = number_of(json, member, 0);
  const bool fits = number >= 0 && number <= std::numeric_limits<T>::max();
  return fits ? static_cast<T>(number) : T{};
}

std::optional<std::uint64_t> checksum_of(const std::string& digits) {
  std::uint64_t value = 0;
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  const bool whole = failure == std::errc() && end == digits.data() + digits.size();
  return whole ? std::optional(value) : std::nullopt;
}

/// Where the two numbers of an event of this kind stand.
struct NumberKeys {
  const char* a;
  const char* b;
};

NumberKeys keys_of(sim::TraceKind kind) {
  switch (kind) {
    case sim::TraceKind::flash_program:
    case sim::TraceKind::flash_erase:
      return {"address", "length"};
    case sim::TraceKind::flash_torn:
      return {"address", "done"};
    case sim::TraceKind::tpm_command:
      return {"ordinal", "size"};
    case sim::TraceKind::tpm_response:
      return {"ordinal", "result"};
    default:
      return {"a", "b"};
  }
}

TraceLine values_of(const Json& json, sim::TraceKind kind) {
  TraceLine line{.at = base::TimePoint(number_of(json, "t_ns", 0)), .kind = kind};
  line.me_addr = part_of<std::uint8_t>(json, "me");
  line.host_addr = part_of<std::uint8_t>(json, "host");
  if (line.is_message()) {
    line.size = part_of<std::uint32_t>(json, "size");
    line.data = base::from_hex(text_of(json, "data")).value_or(base::Bytes{});
    line.fnv1a = checksum_of(text_of(json, "fnv1a"));
    line.text = text_of(json, "says");
    return line;
  }
  const NumberKeys keys = keys_of(kind);
  line.a = part_of<std::uint32_t>(json, keys.a);
  line.b = part_of<std::uint32_t>(json, keys.b);
  line.text = text_of(json, kind == sim::TraceKind::bad_input ? "rule" : "text");
  return line;
}

}  // namespace

Error TraceReader::no_line() const {
  return Error{Errc::invalid, fmt::format("line {} is not of a trace", lines_)};
}

base::Result<Json> TraceReader::checked(std::string_view line) {
  ++lines_;
  Json json = Json::parse(line, nullptr, false);
  const bool whole = json.is_object() && json.contains("t_ns") && json["t_ns"].is_number_integer();
  const std::string kind = whole ? text_of(json, "kind") : "";
  if (kind.empty() || (!begun_ && kind != "story")) return no_line();
  if (kind != "story") return json;
  const std::int64_t format = number_of(json, "format", 1);
  if (format < 1 || format > kTraceFormat) {
    return Error{Errc::unsupported,
                 fmt::format("line {} begins a trace of format {}, this program knows 1 to {}: a "
                             "later version of it wrote the file",
                             lines_, format, kTraceFormat)};
  }
  begun_ = true;
  return json;
}

base::Result<std::string> TraceReader::in_words(std::string_view line) {
  const auto json = checked(line);
  if (!json) return json.error();
  const std::string kind = text_of(*json, "kind");
  if (kind == "story") return text_of(*json, "id");
  const std::string time = to_text(base::Duration(number_of(*json, "t_ns", 0)));
  const std::string words =
      kind == name(sim::TraceKind::message_to_me)     ? message_in_words(*json, "->")
      : kind == name(sim::TraceKind::message_to_host) ? message_in_words(*json, "<-")
                                                      : event_in_words(*json, kind);
  return fmt::format("{:>18}  {}", time, words);
}

base::Result<void> TraceReader::add_to(std::vector<TracedStory>& stories, std::string_view line) {
  const auto json = checked(line);
  if (!json) return json.error();
  const std::string word = text_of(*json, "kind");
  if (word == "story") {
    stories.push_back({.id = text_of(*json, "id"), .lines = {}});
    return {};
  }
  const auto kind = parse_trace_kind(word);
  if (!kind) return no_line();
  stories.back().lines.push_back(values_of(*json, *kind));
  return {};
}

base::Result<std::vector<TracedStory>> read_trace(std::string_view text) {
  std::vector<TracedStory> stories;
  TraceReader reader;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (auto added = reader.add_to(stories, text.substr(at, end - at)); !added)
      return added.error();
    at = end + 1;
  }
  if (stories.empty()) return Error{Errc::invalid, "it is empty, and no trace"};
  return stories;
}

}  // namespace emulator::trace
