// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boot/shown_board.h"

#include <algorithm>
#include <iterator>

namespace scenarios::field {
namespace {

using Boards = std::vector<const ShownBoard*>;

/// Boards of the 5 series and later have the function elsewhere, and none of them is built.
bool is_of_later_board(const ToolRun& run) {
  const Observation* device = run.find(Fact::pci_device);
  return device != nullptr && device->value.find("00:16.") != device->value.npos;
}

bool is_one_board(const Boards& boards) {
  return std::all_of(boards.begin(), boards.end(), [&](const ShownBoard* each) {
    return each->state.board == boards.front()->state.board;
  });
}

template <typename Wanted>
Boards those(const Boards& boards, Wanted wanted) {
  Boards kept;
  std::copy_if(boards.begin(), boards.end(), std::back_inserter(kept),
               [&](const ShownBoard* each) { return wanted(each->state); });
  return kept;
}

bool is_before(const ReportedBoard& state, const ToolRun& run) {
  return state.beginning.file && *state.beginning.file == run.file() &&
         state.beginning.number < run.lines.front().number;
}

const ShownBoard* last_before(const Boards& boards, const ToolRun& run) {
  const ShownBoard* last = boards.front();
  for (const ShownBoard* each : boards) {
    if (is_before(each->state, run)) last = each;
  }
  return last;
}

}  // namespace

std::vector<ShownBoard> shown_boards(const FieldBench& bench) {
  std::vector<ShownBoard> boards;
  for (std::size_t i = 0; i < bench.states().size(); ++i) {
    const ReportedBoard& state = bench.states()[i];
    const Observation* version = state.find(Fact::flash_version);
    if (version == nullptr) continue;
    const ProfileValue* tpm = find(bench.profile(i), ProfileKey::tpm_fitted);
    boards.push_back({.state = state,
                      .profile = bench.profile_text(i),
                      .shown_by = place_of(version->line),
                      .has_tpm = tpm != nullptr && tpm->toml == "true"});
  }
  return boards;
}

const ShownBoard* board_of(const ToolRun& run, const std::vector<ShownBoard>& boards) {
  if (is_of_later_board(run)) return nullptr;
  Boards all;
  for (const ShownBoard& each : boards) all.push_back(&each);
  const Boards named = those(all, [&](const ReportedBoard& state) {
    return !run.machine.empty() && state.machine == run.machine;
  });
  const Boards unnamed = those(all, [&](const ReportedBoard& state) {
    return run.machine.empty() || state.machine.empty();
  });
  const Boards& possible = named.empty() ? unnamed : named;
  const Boards nearest =
      is_one_board(possible) ? possible : those(possible, [&](const ReportedBoard& state) {
        return state.beginning.file && *state.beginning.file == run.file();
      });
  return nearest.empty() || !is_one_board(nearest) ? nullptr : last_before(nearest, run);
}

}  // namespace scenarios::field
