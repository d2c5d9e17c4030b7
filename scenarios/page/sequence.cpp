// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/page/sequence.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/tpm/ordinals.h"
#include "scenarios/page/fold_rows.h"
#include "scenarios/page/message_names.h"
#include "scenarios/page/sequence_rows.h"

namespace scenarios::page {
namespace {

using emulator::sim::TraceKind;
using emulator::trace::TraceLine;
using Kind = SequenceRow::Kind;

struct TimelineLine {
  double at = 0;
  char direction = '-';  ///< '>', '<' or '-'
  std::string_view what;
};

std::string_view first_words(std::string_view text, int count) {
  std::size_t at = 0;
  while (count-- > 0 && at != text.npos) at = text.find(' ', at == 0 ? 0 : at + 1);
  return text.substr(0, at);
}

std::string name_of(std::string_view what) {
  if (what.starts_with("AMTHI")) return kSetUpQuestion;
  if (const char* name = message_name(what)) return name;
  constexpr std::string_view kUpdate = "FWU ";
  if (what.starts_with(kUpdate))
    return update_message_name(first_words(what.substr(kUpdate.size()), 1));
  return std::string(what.substr(0, what.find(" (")));
}

std::optional<std::uint32_t> number_behind(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  if (at == text.npos) return std::nullopt;
  std::string_view digits = text.substr(at + word.size());
  int base = 10;
  if (digits.starts_with("0x")) {
    digits.remove_prefix(2);
    base = 16;
  }
  std::uint32_t value = 0;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (parsed.ec != std::errc()) return std::nullopt;
  return value;
}

/// "tpm_command: ordinal 0x00000065 22 bytes"
std::optional<SequenceRow> of_tpm(const TimelineLine& line) {
  const auto ordinal = number_behind(line.what, "ordinal ");
  if (!ordinal) return std::nullopt;
  const std::string command =
      fmt::format("TPM_{}", protocol::tpm::name(static_cast<protocol::tpm::Ordinal>(*ordinal)));
  if (line.what.starts_with("tpm_command")) return SequenceRow{Kind::to_tpm, line.at, 0, command};
  const auto result = number_behind(line.what, "answers ");
  if (!line.what.starts_with("tpm_response") || !result || *result == 0) return std::nullopt;
  return SequenceRow{Kind::from_tpm, line.at, 0,
                     fmt::format("{} answers 0x{:X}", command, *result)};
}

/// Of an answer that is not well; nothing of any other.
std::optional<SequenceRow> of_answer(const TimelineLine& line) {
  auto status = number_behind(line.what, "status ");
  if (!status) status = number_behind(line.what, "answers ");
  const bool asked_about_set_up = line.what.starts_with("AMTHI");
  if (!status || *status == 0 || asked_about_set_up) return std::nullopt;
  return SequenceRow{Kind::from_engine, line.at, 0,
                     fmt::format("{}: status {}", name_of(line.what), *status)};
}

std::optional<SequenceRow> row_of(const TimelineLine& line) {
  if (line.what.starts_with("HBM FLOW_CONTROL")) return std::nullopt;
  if (line.direction == '>') return SequenceRow{Kind::to_engine, line.at, 0, name_of(line.what)};
  if (line.direction == '<') return of_answer(line);
  if (line.what.starts_with("tpm_command") || line.what.starts_with("tpm_response"))
    return of_tpm(line);
  const Kind kind = line.what.starts_with("fault") ? Kind::fault : Kind::event;
  return SequenceRow{kind, line.at, 0, std::string(line.what)};
}

double seconds_of(base::TimePoint at) {
  constexpr double kNanoseconds = 1e9;
  return static_cast<double>(at.count()) / kNanoseconds;
}

char direction_of(const TraceLine& line) {
  if (!line.is_message()) return '-';
  return line.kind == TraceKind::message_to_me ? '>' : '<';
}

std::optional<SequenceRow> row_of_trace(const TraceLine& line) {
  const double at = seconds_of(line.at);
  if (line.kind == TraceKind::flash_torn)
    return SequenceRow{Kind::event, at, 0,
                       fmt::format("flash: torn at {:#x} behind {} bytes", line.a, line.b)};
  const std::string words = words_of(line);
  return row_of({.at = at, .direction = direction_of(line), .what = words});
}

/// What a host or a person does, and no chip of its own accord.
bool is_done_to_the_board(const TraceLine& line) {
  return line.kind == TraceKind::message_to_me || line.kind == TraceKind::tpm_command ||
         line.kind == TraceKind::power ||
         (line.kind == TraceKind::link && line.text == "host reset");
}

/// Of the lines at the very moment at which a step begins, those up to the first that is done to
/// the board are the end of what was before.
bool begins_before(const StepMark& step, const TraceLine& line) {
  const double at = seconds_of(line.at);
  return step.at < at || (step.at == at && is_done_to_the_board(line));
}

void add_step(SequenceRows& rows, const StepMark& step) {
  rows.add({Kind::step, step.at, 0, step.what});
  rows.pass(step.at);
}

}  // namespace

const char* name(Kind kind) {
  constexpr const char* kNames[] = {"to_engine", "from_engine", "to_tpm", "from_tpm", "event",
                                    "fault",     "silence",     "step",   "again",    "left_out"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<SequenceRow> sequence_of(const std::vector<TraceLine>& lines,
                                     const std::vector<StepMark>& steps, std::size_t most) {
  SequenceRows rows;
  auto step = steps.begin();
  for (const TraceLine& line : lines) {
    for (; step != steps.end() && begins_before(*step, line) && !line.is_flash(); ++step)
      add_step(rows, *step);
    if (line.is_flash() && line.kind != TraceKind::flash_torn) {
      rows.flash_works();
      continue;
    }
    if (auto row = row_of_trace(line)) rows.add(std::move(*row));
    rows.pass(seconds_of(line.at));
  }
  for (; step != steps.end(); ++step) add_step(rows, *step);
  return shortened(folded(rows.take()), most);
}

nlohmann::ordered_json sequence_json(const std::vector<SequenceRow>& rows) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const SequenceRow& row : rows) {
    all.push_back({{"kind", name(row.kind)},
                   {"at_s", row.at},
                   {"length_s", row.length},
                   {"what", row.what},
                   {"count", row.count}});
  }
  return all;
}

}  // namespace scenarios::page
