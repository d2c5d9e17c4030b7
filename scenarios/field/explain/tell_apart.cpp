// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/explain/tell_apart.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "base/lines.h"
#include "protocol/tools/fwupdlcl.h"
#include "scenarios/field/replay/replay.h"

namespace scenarios::field {
namespace {

/// Of those that foretell the same lines; more would be a list nobody goes through.
constexpr std::size_t kMostAlternatives = 3;

using Lines = std::vector<std::string>;

/// One explanation, and what it says of every run.
struct Subject {
  std::string name;
  const std::vector<Circumstances>* circumstances = nullptr;
  std::size_t survivor = 0;
};
using Group = std::vector<Subject>;

/// What `meupdate --format fwupdlcl` speaks.
const protocol::tools::Fwupdlcl& printed_update() {
  return protocol::tools::fwupdlcl(protocol::tools::FwupdlclDialect::me5);
}

/// An error, but for the few whose words stand in a known log.
bool in_our_words(const std::string& line) {
  const auto& numberless = protocol::tools::fwupdlcl(protocol::tools::FwupdlclDialect::me2);
  if (line.starts_with(numberless.error.before)) return true;
  const auto& error = printed_update().error;
  if (!line.starts_with(error.before)) return false;
  const auto& known = printed_update().errors;
  return std::none_of(known.begin(), known.end(), [&](const auto& each) {
    return line.starts_with(fmt::format("{}{}{}", error.before, number(each.error), error.behind));
  });
}

/// Without the image's version where nobody knows it: ours is made up.
Lines without_invented(Lines lines, const ToolRun& run, const engine::Scenario& story) {
  if (tells_image_version(run) || story.images.empty()) return lines;
  const auto* label = find_label(printed_update(), Fact::firmware_version);
  const std::string version =
      fmt::format("{}{}{}", label->label, label->between, to_text(story.images.front().version));
  std::erase(lines, version);
  return lines;
}

/// The members that say the same, by the first line that not all of them say; notes it.
std::vector<Group> split(const Group& group, const std::vector<Lines>& said,
                         const std::string& command, std::vector<Distinction>& distinctions) {
  std::size_t longest = 0;
  for (const Lines& lines : said) longest = std::max(longest, lines.size());
  for (std::size_t at = 0; at < longest; ++at) {
    Distinction found{command, {}};
    std::map<std::string, Group> parts;
    for (std::size_t i = 0; i < group.size(); ++i) {
      const std::string line = at < said[i].size() ? said[i][at] : "(nothing more)";
      found.lines.push_back({line, group[i].name, in_our_words(line)});
      parts[line].push_back(group[i]);
    }
    if (parts.size() < 2) continue;
    distinctions.push_back(std::move(found));
    std::vector<Group> groups;
    for (auto& [line, part] : parts) groups.push_back(std::move(part));
    std::sort(groups.begin(), groups.end(), [](const Group& a, const Group& b) {
      return a.front().survivor < b.front().survivor;
    });
    return groups;
  }
  return {group};
}

/// Another command than the reported one, on the same board.
struct OtherCommand {
  std::string words;
  ReplayCommand command;
};

std::vector<OtherCommand> other_commands(const FieldBench& bench, const FieldBench::Place& place) {
  const ToolRun& run = bench.report().runs[place.run];
  ReplayCommand info;
  info.arguments = info_arguments(run);
  ReplayCommand update = command_for(run, bench.states()[place.state]);
  update.way = ReplayCommand::Way::tpm;
  update.arguments = {
      update.arguments[0], update.arguments[1], "--format", "fwupdlcl", "--via", "tpm", "-y"};
  const auto secret = with_owner_passphrase(owner_passphrase().name);
  update.arguments.insert(update.arguments.end(), secret.begin(), secret.end());
  return {{"MEInfo", info},
          {"the update through the TPM with the owner's password, to its end", update}};
}

/// Another command is typed now.
Circumstances of_the_board(const Circumstances& circumstances) {
  Circumstances board = without_what_was_typed(circumstances);
  board.files = {owner_passphrase()};
  return board;
}

class TellApart {
 public:
  TellApart(FieldBench& bench, Explained& explained) : bench_(bench), explained_(explained) {}

  void run() {
    Group all;
    for (std::size_t i = 0; i < explained_.survivors.size(); ++i)
      all.push_back({explanation_number(i), &explained_.survivors[i].circumstances, i});
    if (all.empty()) return;
    for (Group& group : by_reported_commands(std::move(all))) {
      add_alternatives(group);
      by_other_commands(std::move(group));
    }
  }

 private:
  std::vector<Group> by_reported_commands(Group all) {
    std::vector<Group> groups = {std::move(all)};
    for (std::size_t place = 0; place < bench_.covered().size(); ++place) {
      const ToolRun& log = bench_.report().runs[bench_.covered()[place].run];
      if (log.tool != Tool::fwupdlcl) continue;
      const std::string command = fmt::format("the command of {} again, to its end", log.place());
      groups = divided(groups, command, [&](const Subject& each) {
        const ReplayedRun& run = explained_.survivors[each.survivor].runs[place];
        return std::optional(without_invented(run.comparison.beyond, log, run.story));
      });
    }
    return groups;
  }

  /// They foretell the same lines, so they are where the survivor is.
  void add_alternatives(Group& group) {
    const std::size_t survivors = group.size();
    for (std::size_t i = 0; i < survivors; ++i) {
      const std::size_t survivor = group[i].survivor;
      const auto& also = explained_.survivors[survivor].also;
      for (std::size_t k = 0; k < std::min(also.size(), kMostAlternatives); ++k)
        group.push_back({alternative_number(survivor, k), &also[k].circumstances, survivor});
    }
  }

  void by_other_commands(Group group) {
    std::vector<Group> groups = {std::move(group)};
    if (const auto place = last_update()) {
      const FieldBench::Place at = bench_.covered()[*place];
      for (const OtherCommand& each : other_commands(bench_, at)) {
        groups = divided(groups, each.words, [&](const Subject& subject) {
          return said_to(each.command, at, of_the_board((*subject.circumstances)[*place]));
        });
      }
    }
    for (const Group& left : groups) {
      if (left.size() < 2) continue;
      std::string names;
      for (const Subject& each : left) names += (names.empty() ? "" : ", ") + each.name;
      explained_.not_told_apart.push_back(std::move(names));
    }
  }

  std::optional<std::size_t> last_update() const {
    for (std::size_t place = bench_.covered().size(); place-- > 0;) {
      if (bench_.report().runs[bench_.covered()[place].run].tool == Tool::fwupdlcl) return place;
    }
    return std::nullopt;
  }

  std::optional<Lines> said_to(const ReplayCommand& command, const FieldBench::Place& at,
                               const Circumstances& board) {
    const auto printed = bench_.printed_by(command, at, board);
    if (!printed) return std::nullopt;
    return without_invented(base::lines_of(*printed), bench_.report().runs[at.run],
                            story_of(command, board, ""));
  }

  /// What cannot be run tells nothing apart.
  template <typename SaidBy>
  std::vector<Group> divided(const std::vector<Group>& groups, const std::string& command,
                             SaidBy said_by) {
    std::vector<Group> finer;
    for (const Group& group : groups) {
      std::vector<Lines> said;
      for (const Subject& each : group) {
        auto lines = group.size() < 2 ? std::nullopt : said_by(each);
        if (lines) said.push_back(std::move(*lines));
      }
      const auto parts = said.size() < group.size()
                             ? std::vector<Group>{group}
                             : split(group, said, command, explained_.distinctions);
      finer.insert(finer.end(), parts.begin(), parts.end());
    }
    return finer;
  }

  FieldBench& bench_;
  Explained& explained_;
};

}  // namespace

std::vector<Distinction::Line> lines_once(const Distinction& distinction) {
  std::vector<Distinction::Line> once;
  for (const Distinction::Line& each : distinction.lines) {
    const auto known = std::find_if(once.begin(), once.end(),
                                    [&](const auto& other) { return other.line == each.line; });
    if (known == once.end())
      once.push_back(each);
    else
      known->means += ", " + each.means;
  }
  return once;
}

void tell_apart(FieldBench& bench, Explained& explained) {
  TellApart(bench, explained).run();
}

}  // namespace scenarios::field
