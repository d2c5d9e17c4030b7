// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/tell_apart.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace scenarios::field {
namespace {

/// More would be a list nobody goes through.
constexpr std::size_t kMostAlternatives = 3;

/// What the run goes on to say first behind what all survivors say alike.
std::optional<Distinction> by_what_follows(const std::vector<Explanation>& survivors,
                                           std::size_t run, const std::string& command) {
  std::size_t longest = 0;
  for (const Explanation& each : survivors)
    longest = std::max(longest, each.runs[run].comparison.beyond.size());
  for (std::size_t line = 0; line < longest; ++line) {
    Distinction found{command, {}};
    std::set<std::string> different;
    for (std::size_t i = 0; i < survivors.size(); ++i) {
      const auto& beyond = survivors[i].runs[run].comparison.beyond;
      const std::string text = line < beyond.size() ? beyond[line] : "(nothing more)";
      found.lines.push_back({text, explanation_number(i)});
      different.insert(text);
    }
    if (different.size() > 1) return found;
  }
  return std::nullopt;
}

/// Another command than the reported one, on the same board.
struct OtherCommand {
  std::string words;
  ReplayCommand command;
};

std::vector<OtherCommand> other_commands(const FieldBench& bench, const FieldBench::Place& place) {
  const ToolRun& run = bench.report().runs[place.run];
  ReplayCommand info;
  info.arguments = {"info", "--format", run.dialect <= 4 ? "meinfo-4" : "meinfo-5"};
  ReplayCommand update = command_for(run, bench.states()[place.state]);
  update.way = ReplayCommand::Way::tpm;
  update.arguments = {
      update.arguments[0], update.arguments[1], "--format", "fwupdlcl", "--via", "tpm", "-y"};
  const auto secret = with_owner_passphrase(owner_passphrase().name);
  update.arguments.insert(update.arguments.end(), secret.begin(), secret.end());
  return {{"MEInfo", info},
          {"the update through the TPM with the owner's password, to its end", update}};
}

/// The first line in which two outputs differ, of each.
std::optional<std::pair<std::string, std::string>> first_difference(const std::string& a,
                                                                    const std::string& b) {
  const std::size_t at = static_cast<std::size_t>(
      std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  if (at == a.size() && at == b.size()) return std::nullopt;
  const auto line = [at](const std::string& text) -> std::string {
    const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    return begin < end ? text.substr(begin, end - begin) : "(nothing more)";
  };
  return std::pair(line(a), line(b));
}

/// Circumstances without what was typed: another command is typed now.
Circumstances of_the_board(Circumstances circumstances) {
  circumstances.arguments.clear();
  circumstances.files = {owner_passphrase()};
  return circumstances;
}

std::optional<Distinction> by_another_command(FieldBench& bench, std::size_t index,
                                              const Explanation& survivor,
                                              const Alternative& other) {
  for (std::size_t place = survivor.runs.size(); place-- > 0;) {
    const FieldBench::Place at = bench.covered()[place];
    if (bench.report().runs[at.run].tool != Tool::fwupdlcl) continue;
    for (const OtherCommand& each : other_commands(bench, at)) {
      const auto here =
          bench.printed_by(each.command, at, of_the_board(survivor.circumstances[place]));
      const auto there =
          bench.printed_by(each.command, at, of_the_board(other.circumstances[place]));
      if (!here || !there) continue;
      const auto lines = first_difference(*here, *there);
      if (lines)
        return Distinction{
            each.words, {{lines->first, explanation_number(index)}, {lines->second, other.text}}};
    }
    break;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Distinction> tell_apart(FieldBench& bench, const std::vector<Explanation>& survivors) {
  std::vector<Distinction> all;
  for (std::size_t run = 0; survivors.size() > 1 && run < survivors.front().runs.size(); ++run) {
    const ToolRun& log = bench.report().runs[survivors.front().runs[run].run];
    if (log.tool != Tool::fwupdlcl) continue;
    const std::string command = fmt::format("the command of {} again, to its end", log.place());
    if (auto found = by_what_follows(survivors, run, command)) all.push_back(std::move(*found));
  }
  // Survivors whose reported commands end alike: the first against each other.
  for (std::size_t i = 1; all.empty() && i < survivors.size() && i <= kMostAlternatives; ++i) {
    const Alternative other{explanation_number(i), survivors[i].circumstances};
    if (auto found = by_another_command(bench, 0, survivors[0], other))
      all.push_back(std::move(*found));
  }
  for (std::size_t i = 0; i < survivors.size() && i < kMostAlternatives; ++i) {
    for (std::size_t k = 0; k < survivors[i].also.size() && k < kMostAlternatives; ++k) {
      if (auto found = by_another_command(bench, i, survivors[i], survivors[i].also[k]))
        all.push_back(std::move(*found));
    }
  }
  return all;
}

}  // namespace scenarios::field
