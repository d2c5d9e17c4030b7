// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/cli/trace_command.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

#include "emulator/trace/pcapng.h"
#include "emulator/trace/trace_diff.h"
#include "emulator/trace/trace_reader.h"
#include "os/read_file.h"
#include "scenarios/cli/exit_status.h"
#include "scenarios/cli/print.h"
#include "scenarios/cli/report_output.h"
#include "scenarios/cli/trace_file.h"
#include "scenarios/page/perfetto.h"

namespace scenarios::cli {
namespace {

using emulator::trace::TracedStory;

constexpr std::size_t kMostMebibytes = 1024;
constexpr std::size_t kEqualLinesAround = 3;

int show_lines(const std::string& file) {
  const auto bytes = os::read_file(file, kMostMebibytes);
  if (!bytes) {
    complain(bytes.error().doing);
    return kUsage;
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  emulator::trace::TraceReader reader;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto words = reader.in_words(text.substr(at, end - at));
    if (!words) {
      complain(file + ": " + words.error().doing);
      return kUsage;
    }
    say(*words + "\n");
    at = end + 1;
  }
  return kDone;
}

std::string heading(const TracedStory& first, const TracedStory& second) {
  if (first.id == second.id) return first.id;
  return fmt::format("{} against {}", first.id, second.id);
}

/// Whether they are the same.
bool compare(const TracedStory& first, const TracedStory& second, emulator::trace::Times times) {
  const auto found = emulator::trace::diff(first.lines, second.lines, times);
  if (found.same()) return true;
  say(fmt::format("{}\n{}  {} lines in both, {} only in A (-), {} only in B (+)\n",
                  heading(first, second), diff_text(found, kEqualLinesAround), found.in_both,
                  found.in_first, found.in_second));
  return false;
}

/// Whether there was nothing to say.
bool tell_alone(const std::vector<TracedStory>& stories, std::size_t from, const char* where) {
  for (std::size_t i = from; i < stories.size(); ++i)
    say(fmt::format("{}: only in {}, {} lines\n", stories[i].id, where, stories[i].lines.size()));
  return from >= stories.size();
}

int diff(const TraceArguments::Diff& arguments) {
  const auto first = trace_in(arguments.first);
  const auto second = first ? trace_in(arguments.second) : std::nullopt;
  if (!second) return kUsage;
  const auto times =
      arguments.with_times ? emulator::trace::Times::compared : emulator::trace::Times::ignored;
  const std::size_t pairs = std::min(first->size(), second->size());
  bool same = true;
  for (std::size_t i = 0; i < pairs; ++i) same = compare((*first)[i], (*second)[i], times) && same;
  same = tell_alone(*first, pairs, "A") && same;
  same = tell_alone(*second, pairs, "B") && same;
  if (same) say(fmt::format("the same: {} stories\n", pairs));
  return same ? kDone : kFound;
}

using Convert = base::Bytes (*)(const std::vector<TracedStory>&);

int convert(const TraceArguments& arguments, Convert to_other) {
  const auto stories = trace_in(arguments.from);
  if (!stories) return kUsage;
  const base::Bytes other = to_other(*stories);
  const std::string text(reinterpret_cast<const char*>(other.data()), other.size());
  return write_report(arguments.output, text) ? kDone : kBroken;
}

}  // namespace

int trace(const CLI::App& command, const TraceArguments& arguments) {
  if (command.got_subcommand("diff")) return diff(arguments.diff);
  if (command.got_subcommand("pcapng")) return convert(arguments, emulator::trace::to_pcapng);
  if (command.got_subcommand("perfetto")) return convert(arguments, page::to_perfetto);
  if (arguments.file.empty()) {
    complain("trace FILE: which trace?\nSee `mesim trace --help`.");
    return kUsage;
  }
  return show_lines(arguments.file);
}

}  // namespace scenarios::cli
