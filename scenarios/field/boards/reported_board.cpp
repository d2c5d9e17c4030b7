// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/reported_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/bytes.h"
#include "base/hex.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

bool says_something(const Observation& seen) {
  const bool whole = seen.line.has_end || is_word(seen.fact, seen.value);
  return whole && !is_masked_value(seen.fact, seen.value);
}

/// Facts that both know and tell alike, or nothing when they contradict each other.
std::optional<std::size_t> agreement(const FactMap& a, const FactMap& b) {
  std::size_t shared = 0;
  for (const auto& [fact, seen] : a) {
    const auto other = b.find(fact);
    if (other == b.end() || reach_of(fact) == Reach::run) continue;
    if (!says_something(seen) || !says_something(other->second)) continue;
    if (!same_value(other->second.value, seen.value)) return std::nullopt;
    ++shared;
  }
  return shared;
}

bool same_board(const FactMap& a, const FactMap& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& entry) {
    const auto other = b.find(entry.first);
    const bool compares = other != b.end() && reach_of(entry.first) == Reach::board &&
                          says_something(entry.second) && says_something(other->second);
    return !compares || same_value(other->second.value, entry.second.value);
  });
}

void add_run(std::size_t index, const ToolRun& run, const FactMap& facts, ReportedBoard& state) {
  state.runs.push_back(index);
  if (state.machine.empty()) state.machine = run.machine;
  for (const auto& [fact, seen] : facts) state.facts.emplace(fact, seen);
}

/// The last of the state's runs that stands before `run` in the same file.
std::optional<std::size_t> last_before(std::size_t run, const ReportedBoard& state,
                                       const FieldReport& report) {
  std::optional<std::size_t> last;
  for (const std::size_t other : state.runs) {
    const bool before = other < run && report.runs[other].file() == report.runs[run].file();
    if (before && (!last || other > *last)) last = other;
  }
  return last;
}

/// Whether the owner shows what he did and then the board: the file begins with an update.
bool shows_the_board_behind(std::size_t run, const FieldReport& report) {
  const auto same_file = [&](const ToolRun& other) {
    return other.file() == report.runs[run].file() && is_covered(other) && other.has_content();
  };
  const auto first = std::find_if(report.runs.begin(), report.runs.end(), same_file);
  return first != report.runs.end() && first->tool == Tool::fwupdlcl;
}

/// One board's states tell a story: it is shown, and then what was done with it. Of several boards
/// each may stand behind its story.
enum class Boards { one, several };

Boards boards_in(const std::vector<ReportedBoard>& states) {
  for (const ReportedBoard& state : states) {
    if (!same_board(state.facts, states.front().facts)) return Boards::several;
    const bool named = !state.machine.empty() && !states.front().machine.empty();
    if (named && state.machine != states.front().machine) return Boards::several;
  }
  return Boards::one;
}

/// The larger, the nearer: of the states behind `run` in its file the first, else of those before
/// it the last.
std::optional<std::ptrdiff_t> nearness(std::size_t run, const ReportedBoard& state, Boards boards,
                                       const FieldReport& report) {
  const auto count = static_cast<std::ptrdiff_t>(report.runs.size());
  if (boards == Boards::several && shows_the_board_behind(run, report)) {
    for (const std::size_t other : state.runs) {
      const bool behind = other > run && report.runs[other].file() == report.runs[run].file();
      if (behind && report.runs[other].tool == Tool::meinfo)
        return 2 * count - static_cast<std::ptrdiff_t>(other);
    }
  }
  const auto before = last_before(run, state, report);
  return before ? std::optional(static_cast<std::ptrdiff_t>(*before)) : std::nullopt;
}

/// How well a run goes with a state that contradicts it in nothing; the larger, the better.
struct Fit {
  bool same_machine = false;  ///< as headings name them
  bool shares_something = false;
  bool same_section = false;
  std::optional<std::ptrdiff_t> nearness;
  std::size_t shared = 0;

  auto operator<=>(const Fit&) const = default;
};

std::optional<Fit> fit_of(std::size_t run, const FactMap& facts, const ReportedBoard& state,
                          Boards boards, const FieldReport& report) {
  const std::string& machine = report.runs[run].machine;
  const bool both_named = !machine.empty() && !state.machine.empty();
  if (both_named && machine != state.machine) return std::nullopt;
  const auto shared = agreement(facts, state.facts);
  if (!shared) return std::nullopt;
  const std::size_t section = report.runs[run].section;
  const bool same_section =
      section > 0 && std::any_of(state.runs.begin(), state.runs.end(), [&](std::size_t other) {
        return report.runs[other].section == section &&
               report.runs[other].file() == report.runs[run].file();
      });
  return Fit{both_named, *shared > 0, same_section, nearness(run, state, boards, report), *shared};
}

/// The state that `run` fits best, the first of equals, or a new one.
ReportedBoard& home_of(std::size_t run, const FactMap& facts, const FieldReport& report,
                       std::vector<ReportedBoard>& states) {
  ReportedBoard* home = nullptr;
  std::optional<Fit> best;
  std::size_t others = 0;
  const Boards boards = boards_in(states);
  for (ReportedBoard& state : states) {
    const auto fit = fit_of(run, facts, state, boards, report);
    if (fit) ++others;
    if (!fit || (best && *fit <= *best)) continue;
    home = &state;
    best = fit;
  }
  if (home == nullptr) return states.emplace_back();
  const bool told = best->same_machine || best->shares_something || best->same_section;
  if (boards == Boards::several && others > 1 && !told) home->guessed.push_back(run);
  return *home;
}

/// MEInfo first: it tells most, and the other tool's runs then find their place; at last those that
/// show no board.
std::vector<std::size_t> by_what_they_show(const FieldReport& report) {
  std::vector<std::size_t> runs = worked_on(report);
  std::erase_if(runs, [&](std::size_t run) { return !report.runs[run].has_content(); });
  const auto rank = [&](std::size_t run) {
    if (!shows_a_board(report.runs[run])) return 2;
    return report.runs[run].tool == Tool::meinfo ? 0 : 1;
  };
  std::stable_sort(runs.begin(), runs.end(),
                   [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return runs;
}

/// A heading says that both are one machine: its BIOS may have been replaced between them.
bool is_named_one(const ReportedBoard& a, const ReportedBoard& b) {
  return a.machine == kSameMachine && b.machine == kSameMachine;
}

/// Headings do not name two machines.
bool may_be_one(const ReportedBoard& a, const ReportedBoard& b) {
  return a.machine.empty() || b.machine.empty() || a.machine == b.machine;
}

void number_boards(std::vector<ReportedBoard>& states) {
  std::size_t boards = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (std::size_t board = 1; board <= boards && states[i].board == 0; ++board) {
      const bool fits = std::all_of(
          states.begin(), states.begin() + static_cast<std::ptrdiff_t>(i),
          [&](const ReportedBoard& other) {
            return other.board != board || is_named_one(states[i], other) ||
                   (same_board(states[i].facts, other.facts) && may_be_one(states[i], other));
          });
      if (fits) states[i].board = board;
    }
    if (states[i].board == 0) states[i].board = ++boards;
  }
}

/// "-5.0.1.1111", as far as a profile takes it.
std::string version_in_name(const ReportedBoard& state) {
  const auto* version = state.find(Fact::flash_version);
  const auto* build = state.find(Fact::build_number);
  const auto told = [](const std::string& text) { return protocol::parse_firmware_version(text); };
  const auto code = version != nullptr ? told(version->value + ".0") : std::nullopt;
  const auto whole = build != nullptr ? told("0.0.0." + build->value) : std::nullopt;
  if (!code) return {};
  return fmt::format("-{}.{}.{}{}", code->major, code->minor, code->hotfix,
                     whole ? fmt::format(".{}", whole->build) : "");
}

void name_states(std::vector<ReportedBoard>& states, std::string_view what) {
  std::set<std::string> taken;
  for (ReportedBoard& state : states) {
    std::string base = fmt::format("{}{}", what, state.board);
    if (const auto* system = state.find(Fact::host_system)) base += "-" + system->value;
    base += version_in_name(state);
    state.name = base;
    for (int n = 2; !taken.insert(state.name).second; ++n)
      state.name = fmt::format("{}-{}", base, n);
  }
}

}  // namespace

bool is_masked_address(const std::string& value) {
  std::string digits;
  for (const char c : value) {
    if (c != '-' && c != ':') digits += c;
  }
  const auto bytes = base::from_hex(digits);
  return !bytes || bytes->size() != 6;
}

namespace {

/// Four parts between dots, one of them no number: "192.168.x.x".
bool is_masked_ipv4(std::string_view value) {
  const bool plain = value.find_first_not_of("0123456789.xXyYzZ*#?n") == value.npos;
  return plain && value.find_first_not_of("0123456789.") != value.npos &&
         std::count(value.begin(), value.end(), '.') == 3;
}

}  // namespace

bool is_masked_value(Fact fact, std::string_view value) {
  if (fact == Fact::ip_address) return is_masked_ipv4(value);
  return fact == Fact::mac_address && is_masked_address(std::string(value));
}

const Observation* ReportedBoard::find(Fact fact) const {
  const auto found = facts.find(fact);
  return found == facts.end() ? nullptr : &found->second;
}

FactMap facts_of(const ToolRun& run) {
  FactMap facts;
  for (const Observation& seen : run.observations) facts.emplace(seen.fact, seen);
  auto whole = facts.find(Fact::firmware_version);
  if (whole == facts.end()) whole = facts.find(Fact::later_version);
  if (whole == facts.end()) return facts;
  const auto version = protocol::parse_firmware_version(whole->second.value);
  if (!version) return facts;
  const LogLine& line = whole->second.line;
  const std::string code = fmt::format("{}.{}.{}", version->major, version->minor, version->hotfix);
  facts.insert({Fact::flash_version, {Fact::flash_version, code, line}});
  facts.insert({Fact::build_number, {Fact::build_number, std::to_string(version->build), line}});
  return facts;
}

namespace {

/// The tool names its way, or an error does.
bool tells_the_way(const Observation& seen) {
  using protocol::update::ToolError;
  return seen.fact == Fact::communication_mode || is_error(seen, ToolError::tpm_update_required) ||
         is_error(seen, ToolError::owner_password_required);
}

}  // namespace

bool shows_a_board(const ToolRun& run) {
  const bool named = run.tool_version || !run.command.empty();
  const bool alone = run.of_kind(LineKind::content).size() < 2;
  if (!named && alone) return false;
  const FactMap facts = facts_of(run);
  return std::any_of(facts.begin(), facts.end(), [&](const auto& entry) {
    const auto& [fact, seen] = entry;
    return (tells_the_way(seen) && (!alone || fact != Fact::error)) ||
           (reach_of(fact) != Reach::run && fact != Fact::host_system);
  });
}

std::vector<std::size_t> worked_on(const FieldReport& report) {
  std::vector<std::size_t> runs;
  for (std::size_t i = 0; i < report.runs.size() && runs.size() < kMostRuns; ++i) {
    if (is_covered(report.runs[i])) runs.push_back(i);
  }
  return runs;
}

namespace {

void put_in_order(std::vector<ReportedBoard>& states, const FieldReport& report,
                  std::string_view what) {
  for (ReportedBoard& state : states) {
    std::sort(state.runs.begin(), state.runs.end());
    state.beginning = report.runs[state.runs.front()].lines.front();
  }
  std::sort(states.begin(), states.end(), [](const ReportedBoard& a, const ReportedBoard& b) {
    return a.runs.front() < b.runs.front();
  });
  number_boards(states);
  name_states(states, what);
}

}  // namespace

std::vector<ReportedBoard> states_of(const FieldReport& report) {
  std::vector<ReportedBoard> states;
  for (const std::size_t run : by_what_they_show(report)) {
    const FactMap facts = facts_of(report.runs[run]);
    if (shows_a_board(report.runs[run]) || !states.empty())
      add_run(run, report.runs[run], facts, home_of(run, facts, report, states));
  }
  put_in_order(states, report, "board");
  return states;
}

std::vector<ReportedBoard> later_states_of(const FieldReport& report,
                                           const std::vector<std::size_t>& runs) {
  std::vector<ReportedBoard> states;
  for (const std::size_t run : runs) {
    const FactMap facts = facts_of(report.runs[run]);
    add_run(run, report.runs[run], facts, home_of(run, facts, report, states));
  }
  put_in_order(states, report, "me");
  return states;
}

bool comes_after(const ReportedBoard& later, const ReportedBoard& earlier) {
  const Observation* before = earlier.find(Fact::host_system);
  const Observation* after = later.find(Fact::host_system);
  const bool other_system = before != nullptr && after != nullptr && before->value != after->value;
  return later.board == earlier.board && later.beginning.file == earlier.beginning.file &&
         later.beginning.number > earlier.beginning.number && !other_system;
}

}  // namespace scenarios::field
