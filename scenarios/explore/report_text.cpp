// SPDX-License-Identifier: BSD-3-Clause
// For people: the answer first, then where in the update it was struck, then what was violated.
#include <fmt/format.h>

#include <array>
#include <map>

#include "scenarios/explore/report.h"

namespace scenarios::explore {
namespace {

constexpr std::size_t kMostShown = 20;
constexpr std::array kEndingsShown = {Ending::updated, Ending::unchanged, Ending::met,
                                      Ending::violation, Ending::never_struck};

double seconds_of(base::Duration time) {
  return static_cast<double>(time.count()) / 1e9;
}

const char* heading_of(Ending ending) {
  switch (ending) {
    case Ending::updated:
      return "updated";
    case Ending::unchanged:
      return "unchanged";
    case Ending::met:
      return "met before";
    case Ending::violation:
      return "violations";
    case Ending::never_struck:
      return "never struck";
  }
  return "";
}

std::string table_of(const Report& report) {
  std::map<std::string, Sums> phases;
  for (const Case& one : report.cases)
    ++phases[one.phase].of.at(static_cast<std::size_t>(one.ending));
  std::string out = fmt::format("  {:<12}", "struck while");
  for (const Ending ending : kEndingsShown) out += fmt::format("{:>14}", heading_of(ending));
  out += '\n';
  for (const auto& [phase, sum] : phases) {
    out += fmt::format("  {:<12}", phase);
    for (const Ending ending : kEndingsShown) out += fmt::format("{:>14}", sum[ending]);
    out += '\n';
  }
  return out;
}

}  // namespace

std::string to_text(const Case& found, const std::string& file) {
  if (found.ending == Ending::never_struck)
    return fmt::format("NEVER STRUCK  {}\n  mesim run {} --replay {}\n", found.id, file, found.id);
  return fmt::format("VIOLATION  {}\n  {}: {}\n  mesim run {} --replay {}\n", found.id,
                     words(found.broken), found.what, file, found.id);
}

std::string to_text(const Report& report) {
  const Sums all = sums(report);
  const double seconds = seconds_of(report.wall_time);
  std::string out;
  std::size_t shown = 0;
  std::size_t hidden = 0;
  for (const Case& one : report.cases) {
    if (one.ending != Ending::violation && one.ending != Ending::never_struck) continue;
    if (shown++ < kMostShown)
      out += to_text(one, report.file);
    else
      ++hidden;
  }
  if (hidden > 0) out += fmt::format("... and {} more, all of them in --json\n", hidden);
  if (!out.empty()) out += '\n';
  out += fmt::format(
      "{}: {} {}, {} violation{}. {} run with the updater, {} met before, {:.1f} s: {:.0f} a "
      "second.\n",
      report.story, all.all(), report.kind, all[Ending::violation],
      all[Ending::violation] == 1 ? "" : "s", all.run(), all[Ending::met], seconds,
      seconds > 0 ? static_cast<double>(all.run()) / seconds : 0.0);
  out += table_of(report);
  if (all[Ending::never_struck] > 0)
    out += fmt::format("{} never struck: what was armed there proves nothing.\n",
                       all[Ending::never_struck]);
  if (report.lost > 0)
    out += fmt::format("{} could not be run: no process, or no room for a record.\n", report.lost);
  return out;
}

}  // namespace scenarios::explore
