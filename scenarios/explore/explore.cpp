// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/explore/explore.h"

#include <fmt/format.h>

#include <array>

#include "emulator/trace/trace_writer.h"
#include "os/child_process.h"

namespace scenarios::explore {
namespace {

constexpr std::array<const char*, 3> kKinds = {"singles", "pairs", "mixtures"};

Case case_of(const Record& record, Ledger& ledger) {
  Case found{.id = id_of(record.list()),
             .phase = name(record.phase),
             .ending = record.ending,
             .broken = record.broken,
             .what = record.said(),
             .same_as = {},
             .runs = record.runs};
  if (record.ending == Ending::met) found.same_as = id_of(ledger.at(record.same_as).list());
  return found;
}

/// What an exploration is in for must come, one by one; only singles are counted beforehand.
void add_missing(const Wish& wish, const Survey& survey, Report& report) {
  if (wish.kind != Kind::singles) return;
  std::size_t index = 0;
  std::size_t met = 0;
  for (const Place& place : survey.places) {
    for (const Deed deed : deeds_at(place.point)) {
      const Strike strike{place.point, place.count, deed};
      if (!wants(wish, strike, place.phase)) continue;
      if (index++ % wish.shard.count != wish.shard.index - 1) continue;
      const std::string id = to_text(strike);
      if (met < report.cases.size() && report.cases[met].id == id) {
        ++met;
        continue;
      }
      report.cases.insert(report.cases.begin() + static_cast<std::ptrdiff_t>(met++),
                          {.id = id, .phase = name(place.phase), .what = {}, .same_as = {}});
    }
  }
}

}  // namespace

base::Result<Report> explore(const engine::Scenario& story, const std::string& scratch,
                             const Wish& wish, const std::function<void(const Case&)>& found,
                             const Explorer::Stopped& stopped) {
  auto known = survey(story, scratch);
  if (!known) return known.error();
  if (count_wanted(wish, known->places) == 0)
    return base::Error{
        base::Errc::invalid,
        fmt::format("{}: nothing that is wished for can strike its update", story.file)};
  auto stage = Stage::set(story, scratch, nullptr);
  if (!stage) return stage.error();
  auto ledger = Ledger::make();
  if (!ledger) return ledger.error();
  Explorer explorer(
      **stage, *known, wish, *ledger,
      [&](const Record& record) { found(case_of(record, *ledger)); }, stopped);
  explorer.explore();
  Report report{.story = story.id,
                .file = story.file,
                .kind = kKinds.at(static_cast<std::size_t>(wish.kind)),
                .shard = fmt::format("{}/{}", wish.shard.index, wish.shard.count),
                .seed = wish.seed,
                .lost = explorer.lost(),
                .wall_time = {},
                .cases = {}};
  for (const Record& record : ledger->all()) report.cases.push_back(case_of(record, *ledger));
  if (!explorer.was_stopped() && report.lost == 0) add_missing(wish, *known, report);
  return report;
}

base::Result<Told> tell(const engine::Scenario& story, const std::string& scratch,
                        const std::vector<Strike>& strikes, const std::string& trace_file) {
  auto known = survey(story, scratch);
  if (!known) return known.error();
  emulator::trace::TraceWriter trace;
  if (!trace_file.empty()) {
    if (auto done = trace.open(trace_file, story.id); !done) return done.error();
  }
  auto stage = Stage::set(story, scratch, trace_file.empty() ? nullptr : &trace);
  if (!stage) return stage.error();
  auto ledger = Ledger::make();
  if (!ledger) return ledger.error();
  const Wish wish{.pruning = Pruning::off};
  Explorer explorer(**stage, *known, wish, *ledger, nullptr, [] { return false; });
  explorer.tell(strikes, [&trace] { (void)trace.close(); });
  if (ledger->all().empty())
    return base::Error{base::Errc::io, "no process could be started for it"};
  return Told{.found = case_of(ledger->at(0), *ledger), .diary = ledger->diary()};
}

base::Result<Told> shrink(const engine::Scenario& story, const std::string& scratch,
                          std::vector<Strike> strikes) {
  auto shortest = tell(story, scratch, strikes, "");
  if (!shortest) return shortest;
  if (shortest->found.ending != Ending::violation)
    return base::Error{base::Errc::invalid,
                       fmt::format("{} breaks nothing ({}): there is nothing to shorten",
                                   id_of(strikes), name(shortest->found.ending))};
  for (std::size_t i = 0; i < strikes.size() && strikes.size() > 1;) {
    std::vector<Strike> fewer = strikes;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    auto told = tell(story, scratch, fewer, "");
    if (!told) return told;
    const bool same =
        told->found.ending == Ending::violation && told->found.broken == shortest->found.broken;
    if (!same) {
      ++i;
      continue;
    }
    strikes = std::move(fewer);
    shortest = std::move(told);
    i = 0;
  }
  return shortest;
}

}  // namespace scenarios::explore
