// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/trace_reader.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

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

}  // namespace

base::Result<std::string> TraceReader::in_words(std::string_view line) {
  ++lines_;
  const Json json = Json::parse(line, nullptr, false);
  const bool whole = json.is_object() && json.contains("t_ns") && json["t_ns"].is_number_integer();
  const std::string kind = whole ? text_of(json, "kind") : "";
  if (kind.empty() || (!begun_ && kind != "story"))
    return Error{Errc::invalid, fmt::format("line {} is not of a trace", lines_)};
  if (kind == "story") {
    const std::int64_t format = number_of(json, "format", 1);
    if (format < 1 || format > kTraceFormat) {
      return Error{Errc::unsupported,
                   fmt::format("line {} begins a trace of format {}, this program knows 1 to {}: a "
                               "later version of it wrote the file",
                               lines_, format, kTraceFormat)};
    }
    begun_ = true;
    return text_of(json, "id");
  }
  const std::string time = to_text(base::Duration(json["t_ns"].get<std::int64_t>()));
  const std::string words =
      kind == name(sim::TraceKind::message_to_me)     ? message_in_words(json, "->")
      : kind == name(sim::TraceKind::message_to_host) ? message_in_words(json, "<-")
                                                      : event_in_words(json, kind);
  return fmt::format("{:>18}  {}", time, words);
}

}  // namespace emulator::trace
