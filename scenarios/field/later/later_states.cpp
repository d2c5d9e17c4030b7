// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/later_states.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "os/report_file.h"
#include "protocol/heci/firmware_status.h"
#include "protocol/pci/later_functions.h"
#include "protocol/tools/bios_recovery.h"
#include "scenarios/field/boards/build_profile.h"
#include "scenarios/field/reading/spelling.h"
#include "updater/report/pasted.h"

namespace scenarios::field {
namespace {

constexpr std::size_t kMostWords = protocol::heci::kMostStatusWords;

/// Whose lines tell of the engine itself.
bool tells_of_the_engine(Tool tool) {
  switch (tool) {
    case Tool::meinfo:
    case Tool::fwupdlcl:
    case Tool::memanuf:
    case Tool::fpt:
    case Tool::intelmetool:
    case Tool::fwupdmgr:
    case Tool::meupdate:
    case Tool::mei_files:
    case Tool::screen:
      return true;
    case Tool::unknown:
    case Tool::lspci:
    case Tool::tpm_tools:
    case Tool::kernel:
      break;
  }
  return false;
}

std::string text_of_run(const ToolRun& run) {
  std::string text;
  for (const LogLine& line : run.lines) text += line.text + "\n";
  return text;
}

std::optional<std::uint32_t> word_in(const Observation& seen) {
  std::string_view text = seen.value;
  if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  const bool whole =
      !text.empty() && parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

SeenWords words_as_facts(const FactMap& facts) {
  SeenWords seen;
  for (std::size_t i = 0; i < kMostWords; ++i) {
    const auto found =
        facts.find(static_cast<Fact>(static_cast<std::size_t>(Fact::status_word_1) + i));
    const auto word = found == facts.end() ? std::nullopt : word_in(found->second);
    if (!word) break;
    if (i == 0) seen.line = found->second.line;
    seen.words.push_back(*word);
  }
  return seen;
}

/// In a line of another shape: a kernel's, Windows' event log, files below /sys.
SeenWords words_as_text(const ToolRun& run) {
  SeenWords seen;
  seen.words = updater::report::read_pasted(text_of_run(run)).status_words;
  if (seen.words.size() > kMostWords) seen.words.resize(kMostWords);
  if (!seen.words.empty()) seen.line = run.lines.front();
  return seen;
}

std::optional<SeenWords> words_of_state(const ReportedBoard& state, const FieldReport& report) {
  SeenWords seen = words_as_facts(state.facts);
  for (const std::size_t run : state.runs) {
    if (seen.words.empty()) seen = words_as_text(report.runs[run]);
  }
  const bool nothing =
      std::all_of(seen.words.begin(), seen.words.end(), [](std::uint32_t w) { return w == 0; });
  return seen.words.empty() || nothing ? std::nullopt : std::optional(seen);
}

bool is_servers(const SeenWords& seen) {
  const auto status = protocol::heci::read_status(seen.words, 0);
  return status && status->first()[protocol::heci::Hfs1::mode] ==
                       static_cast<std::uint32_t>(protocol::heci::OperationMode::server);
}

std::uint16_t major_of(const std::string& version) {
  const auto parsed = protocol::parse_firmware_version(version + ".0");
  return parsed ? parsed->major : std::uint16_t{0};
}

/// Of the function that a log names; one that two generations share is the older's.
std::uint16_t generation_of_device(const Observation& seen) {
  const std::string id = seen.value.substr(seen.value.find(':') + 1);
  const auto number = word_in({seen.fact, id, seen.line});
  const auto* row = number && *number <= 0xFFFF
                        ? protocol::pci::find_later_function(static_cast<std::uint16_t>(*number))
                        : nullptr;
  return row == nullptr ? std::uint16_t{0} : row->first;
}

/// What a generation is known by.
struct KnownGeneration {
  std::uint16_t major = 0;
  std::string why;
};

KnownGeneration of_tools(const ReportedBoard& state, const FieldReport& report) {
  KnownGeneration known;
  for (const std::size_t index : state.runs) {
    const ToolRun& run = report.runs[index];
    if (run.tool_version && run.tool_version->major > known.major)
      known = {run.tool_version->major,
               fmt::format("no log tells the version; the tool is of {}", run.tool_version->major)};
  }
  return known;
}

/// The words alone: some bits are CSME's.
KnownGeneration of_words(const std::optional<SeenWords>& seen) {
  constexpr std::uint16_t kUsualOlder = 9;
  constexpr std::uint16_t kUsualCsme = 15;
  if (!seen) return {};
  const auto layout = protocol::heci::status_layout(seen->words, 0);
  if (layout == protocol::heci::StatusLayout::undocumented) return {};
  const std::uint16_t major = is_csme(layout) ? kUsualCsme : kUsualOlder;
  return {major, fmt::format("no log tells the version; the status words are {}",
                             is_csme(layout) ? "a CSME's" : "of ME 6 to 10")};
}

/// A BIOS that brings the engine back at a start was seen on CSME 15 and 16 alone.
KnownGeneration of_screens(const ReportedBoard& state, const FieldReport& report) {
  constexpr std::uint16_t kFirstSeen = 15;
  for (const std::size_t index : state.runs) {
    for (const LogLine* line : report.runs[index].of_kind(LineKind::content)) {
      if (begins_printed(line->text, protocol::tools::kBiosFailed))
        return {kFirstSeen, "no log tells the version; such a screen is of CSME 15 or 16"};
    }
  }
  return {};
}

KnownGeneration of_dialect(const ReportedBoard& state, const FieldReport& report) {
  constexpr std::uint16_t kBestKnown = 9;
  for (const std::size_t index : state.runs) {
    const ToolRun& run = report.runs[index];
    if (run.generation == 0) continue;
    if (!is_of_some_later_generation(run))
      return {run.generation, "no log tells the version; the lines are of that generation"};
    return {kBestKnown,
            "no log tells a version: taken for ME 9, whose messages and tools are known best"};
  }
  return {};
}

KnownGeneration generation_of(const ReportedBoard& state, const FieldReport& report,
                              const std::optional<SeenWords>& words) {
  if (const Observation* seen = state.find(Fact::flash_version))
    return {major_of(seen->value), fmt::format("{} \"{}\" at {}", name(Fact::flash_version),
                                               seen->value, place_of(seen->line))};
  if (const Observation* seen = state.find(Fact::pci_id)) {
    if (const std::uint16_t major = generation_of_device(*seen); major != 0)
      return {major, fmt::format("no log tells the version; the function is {} at {}", seen->value,
                                 place_of(seen->line))};
  }
  if (auto known = of_tools(state, report); known.major != 0) return known;
  if (auto known = of_words(words); known.major != 0) return known;
  if (auto known = of_screens(state, report); known.major != 0) return known;
  return of_dialect(state, report);
}

/// A BIOS's attempt to bring the engine back.
bool shows_recovery(const ToolRun& run) {
  return run.tool == Tool::screen &&
         text_of_run(run).find(protocol::tools::kBiosFailed) != std::string::npos;
}

/// Runs that show their engine's generation first: the others find their place among those.
std::vector<std::size_t> later_runs(const FieldReport& report) {
  std::vector<std::size_t> shown;
  std::vector<std::size_t> others;
  for (std::size_t i = 0; i < report.runs.size() && shown.size() < kMostRuns; ++i) {
    const ToolRun& run = report.runs[i];
    const bool earlier = run.generation != 0 && run.generation <= kLastGeneration;
    if (is_covered(run) || earlier || !run.has_content() || !tells_of_the_engine(run.tool))
      continue;
    const bool has_words = !words_as_text(run).words.empty();
    const bool shows = run.generation != 0 || has_words || shows_recovery(run);
    (shows ? shown : others).push_back(i);
  }
  if (!shown.empty() && shown.size() + others.size() <= kMostRuns)
    shown.insert(shown.end(), others.begin(), others.end());
  return shown;
}

EngineCondition settle_words(LaterMake& make) {
  if (!make.words) return EngineCondition::runs;
  const EngineCondition condition = condition_of(make.words->words, make.generation);
  switch (condition) {
    case EngineCondition::runs:
      make.words->seen_while = SeenWords::While::running;
      break;
    case EngineCondition::update_failed:
      make.words->seen_while = SeenWords::While::failed;
      break;
    default:
      make.words->seen_while = SeenWords::While::disturbed;
      break;
  }
  return condition;
}

}  // namespace

base::Result<std::vector<LaterBoard>> later_boards(const FieldReport& report,
                                                   const std::string& scratch) {
  const std::vector<ReportedBoard> states = later_states_of(report, later_runs(report));
  std::vector<LaterBoard> boards;
  for (std::size_t i = 0; i < states.size(); ++i) {
    auto words = words_of_state(states[i], report);
    if (words && is_servers(*words)) continue;
    const KnownGeneration known = generation_of(states[i], report, words);
    const LaterBase* base = find_later_base(known.major);
    if (base == nullptr) continue;
    LaterBoard board{.state = states[i],
                     .make = {.generation = known.major,
                              .why_generation = known.why,
                              .base = base,
                              .words = std::move(words)},
                     .profile = {},
                     .file = fmt::format("{}/{}.toml", scratch, states[i].name)};
    board.condition = settle_words(board.make);
    board.profile = later_profile(states, i, board.make);
    const auto written = os::write_scratch(
        board.file, profile_toml(board.profile, fmt::format("Board {} of a field report, of ME {}",
                                                            states[i].board, known.major)));
    if (!written) return written.error();
    boards.push_back(std::move(board));
  }
  return boards;
}

}  // namespace scenarios::field
