// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/reproduction.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/promise.h"
#include "scenarios/engine/exit_status.h"
#include "scenarios/field/advise/doubt.h"
#include "scenarios/field/explain/tell_apart.h"
#include "scenarios/field/reading/error_words.h"

namespace scenarios::field {

std::vector<const ToolRun*> Reproduction::uncovered() const {
  std::vector<const ToolRun*> found;
  for (const ToolRun& run : report.runs) {
    const BootedLog* boot = boot_of(run);
    const auto index = static_cast<std::size_t>(&run - report.runs.data());
    const bool played = (boot != nullptr && boot->is_booted()) || later.log_of(index) != nullptr;
    if (!is_covered(run) && !played) found.push_back(&run);
  }
  return found;
}

const BootedLog* Reproduction::boot_of(const ToolRun& run) const {
  const auto found = std::find_if(boots.begin(), boots.end(), [&](const BootedLog& each) {
    MEBENCH_PROMISE(each.run < report.runs.size(), "a log that was booted is one of the report's");
    return &report.runs[each.run] == &run;
  });
  return found == boots.end() ? nullptr : &*found;
}

std::vector<const BootedLog*> Reproduction::booted() const {
  std::vector<const BootedLog*> found;
  for (const BootedLog& each : boots) {
    if (each.is_booted()) found.push_back(&each);
  }
  return found;
}

bool Reproduction::has_later_boards() const {
  const auto others = uncovered();
  return !later.logs.empty() || std::any_of(others.begin(), others.end(), [](const ToolRun* run) {
    return run->generation > kLastGeneration;
  });
}

bool Reproduction::has_earlier_boards() const {
  const auto others = uncovered();
  return std::any_of(others.begin(), others.end(), [](const ToolRun* run) {
    return run->generation != 0 && run->generation < kFirstGeneration;
  });
}

std::vector<const ReplayedRun*> Reproduction::not_understood() const {
  std::vector<const ReplayedRun*> found;
  for (const ReplayedRun& run : runs) {
    if (run.is_not_understood()) found.push_back(&run);
  }
  return found;
}

bool Reproduction::has_unread_update() const {
  return std::any_of(runs.begin(), runs.end(), [this](const ReplayedRun& run) {
    MEBENCH_PROMISE(run.run < report.runs.size(), "a run that was replayed is one of the report's");
    return report.runs[run.run].is_unread_update();
  });
}

const char* Reproduction::not_understood_words() const {
  return has_unread_update() ? " whose outcome was understood" : "";
}

std::vector<const ToolRun*> Reproduction::bare() const {
  std::set<std::size_t> placed;
  for (const ReportedBoard& state : states) placed.insert(state.runs.begin(), state.runs.end());
  std::vector<const ToolRun*> found;
  for (const std::size_t run : worked_on(report)) {
    if (!placed.contains(run)) found.push_back(&report.runs[run]);
  }
  return found;
}

std::string Reproduction::left_out_words() const {
  if (left_out == 0) return {};
  return fmt::format("{} more run{} not worked on; give {}", left_out,
                     left_out == 1 ? " is" : "s are",
                     left_out == 1 ? "it in a file of its own" : "them in files of their own");
}

namespace {

/// Whether it is of a tool all of whose lines are known as far as logs show them.
bool is_read_whole(const ToolRun& run) {
  return run.tool == Tool::meinfo || run.tool == Tool::fwupdlcl || run.tool == Tool::memanuf;
}

}  // namespace

std::vector<const LogLine*> Reproduction::unknown_lines() const {
  std::vector<const LogLine*> found;
  for (const ToolRun& run : report.runs) {
    if (!is_covered(run) && !is_read_whole(run)) continue;
    for (const LogLine* line : run.of_kind(LineKind::unknown)) found.push_back(line);
  }
  return found;
}

std::string Reproduction::verdict() const {
  if (report.runs.empty()) {
    return fmt::format(
               "No line of MEInfo, FWUpdLcl or MEManuf was found in {} file{}. Give the files with "
               "the tools' output, as text.",
               report.files, report.files == 1 ? "" : "s") +
           errors_in_words(report.prose);
  }
  const auto count = [this](auto wanted) {
    return std::count_if(runs.begin(), runs.end(), wanted);
  };
  const auto kernels = booted();
  const auto reproduced_kernels = std::count_if(
      kernels.begin(), kernels.end(), [](const BootedLog* each) { return each->reproduced(); });
  const auto reproduced_later = std::count_if(later.logs.begin(), later.logs.end(),
                                              [](const LaterLog& log) { return log.reproduced(); });
  const auto reproduced = count([](const ReplayedRun& run) { return run.reproduced(); }) +
                          reproduced_kernels + reproduced_later;
  const std::size_t tried = runs.size() + kernels.size() + later.logs.size();
  std::string text = tried == 0 ? "nothing to reproduce"
                                : fmt::format("{} of {} log{} reproduced", reproduced, tried,
                                              tried == 1 ? "" : "s");
  const auto add = [&text](std::size_t number, const char* one, const char* more) {
    if (number > 0) text += fmt::format(", {} {}", number, number == 1 ? one : more);
  };
  const auto failed =
      count([](const ReplayedRun& run) { return !run.reproduced() && !run.failure.empty(); });
  const auto differs =
      count([](const ReplayedRun& run) { return !run.fits() && run.failure.empty(); }) +
      static_cast<std::ptrdiff_t>(kernels.size() + later.logs.size()) - reproduced_kernels -
      reproduced_later;
  add(static_cast<std::size_t>(differs), "differs", "differ");
  add(not_understood().size(), "not understood", "not understood");
  add(static_cast<std::size_t>(failed), "could not be run", "could not be run");
  add(uncovered().size(), "not covered", "not covered");
  add(bare().size(), "shows no board", "show no board");
  add(left_out, "not worked on", "not worked on");
  return runs.empty() ? text + errors_in_words(report.prose) : text;
}

int Reproduction::exit_status() const {
  const auto kernels = booted();
  if (runs.empty() && kernels.empty() && later.logs.empty()) return kUsage;
  const bool worked_on_all = uncovered().empty() && bare().empty() && left_out == 0;
  const bool all = worked_on_all &&
                   std::all_of(runs.begin(), runs.end(),
                               [](const ReplayedRun& run) { return run.reproduced(); }) &&
                   std::all_of(kernels.begin(), kernels.end(),
                               [](const BootedLog* each) { return each->reproduced(); }) &&
                   std::all_of(later.logs.begin(), later.logs.end(),
                               [](const LaterLog& log) { return log.reproduced(); });
  return all ? kDone : kFound;
}

namespace {

/// Of a run that the search left out: what another run found its board to be, else nothing beyond
/// its lines.
Circumstances as_others_found_it(const FieldBench& bench, const FieldBench::Place& place,
                                 const std::vector<Circumstances>& best) {
  const auto& places = bench.covered();
  for (std::size_t i = std::min(places.size(), best.size()); i-- > 0;) {
    if (places[i].state == place.state) return of_today(best[i]);
  }
  return {};
}

}  // namespace

base::Result<Reproduction> reproduce(FieldReport report, const std::string& scratch,
                                     const Watcher& watcher) {
  auto bench = FieldBench::make(std::move(report), scratch, watcher.progress);
  if (!bench) return bench.error();
  Reproduction all;
  all.report = bench->report();
  all.boots = bootable_logs(all.report, shown_boards(*bench));
  all.states = bench->states();
  for (std::size_t i = 0; i < all.states.size(); ++i) all.profiles.push_back(bench->profile(i));
  all.contradictions = contradictions(all.states);
  all.left_out = bench->left_out();
  auto later = later_logs(all.report, scratch);
  if (!later) return later.error();
  all.later = std::move(*later);
  if (watcher.found) watcher.found(all);
  all.explained = explain(*bench);
  doubt_what_was_tried(*bench, all.explained);
  tell_apart(*bench, all.explained);
  all.advice = advise(*bench, all.explained);
  const auto& places = bench->covered();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto& best = all.explained.best.circumstances;
    all.runs.push_back(
        bench->replay_with_timeline(places[i], i < best.size() ? best[i] : Circumstances{}));
  }
  for (const FieldBench::Place& place : bench->not_understood()) {
    all.runs.push_back(bench->replay_with_timeline(
        place, as_others_found_it(*bench, place, all.explained.best.circumstances)));
  }
  return all;
}

}  // namespace scenarios::field
