// SPDX-License-Identifier: BSD-3-Clause
// A whole update over HECI, from 64 KiB to 16 MiB: plan, transfer, verify, commit, the ME's restart
// and the check after it. Simulated time is what the modelled hardware would take, host time what
// the simulation costs.
#include <string>
#include <vector>

#include "bench/board.h"
#include "emulator/factory/update_image.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/mei/heci_host.h"
#include "updater/update/carry_out.h"
#include "updater/update/plan.h"

namespace {

class NobodyWatches final : public updater::update::ProgressListener {
  void progress(const updater::update::Progress&) override {}
};

/// The owner's board with room for `size` bytes of code and its local update interface open.
std::unique_ptr<emulator::machine::Machine> board_for(
    std::int64_t size, std::vector<emulator::machine::Override> overrides = {}) {
  overrides.push_back({"flash.part", "\"BENCH-64MiB\"", "bench"});
  overrides.push_back({"flash.code_size", std::to_string(size), "bench"});
  overrides.push_back({"settings.enabled_update_interfaces", "1", "bench"});
  return bench::powered_board(overrides);
}

base::Result<updater::image::Image> image_of(std::int64_t size) {
  auto bytes = emulator::factory::build_update_image(
      {.version = {5, 2, 70, 1046}, .sku = 0x83E, .size = static_cast<std::uint32_t>(size)});
  if (!bytes) return bytes.error();
  auto outcome = updater::image::parse(*std::move(bytes));
  if (!outcome.image) return base::Error{base::Errc::invalid, to_text(*outcome.defect)};
  return *std::move(outcome.image);
}

/// Nothing when it went through, else why not.
std::string update(emulator::machine::Machine& board, const updater::image::Image& image) {
  updater::mei::HeciHost host(board.bar0(), board.clock(), {.name = "bench", .simulated = true});
  const auto inventory = updater::inventory::collect(host);
  if (!inventory) return inventory.error().doing;
  updater::update::Targets targets;
  targets.me = {.name = host.name(),
                .place = updater::update::Place::in_sim,
                .nature = updater::update::Nature::simulated};
  const auto decision =
      updater::update::plan_update(image, updater::image::verify(image), *inventory, targets, {});
  const auto* plan = std::get_if<updater::update::Plan>(&decision);
  if (plan == nullptr) return "the plan is not to update";
  NobodyWatches listener;
  const auto report = updater::update::carry_out(*plan, image, host, board.clock(), listener);
  return report.outcome == updater::update::Outcome::updated ? "" : name(report.outcome);
}

void measure(benchmark::State& state, std::int64_t size,
             const std::vector<emulator::machine::Override>& overrides) {
  const auto image = image_of(size);
  if (!image) return state.SkipWithError(image.error().doing.c_str());
  bench::TwoClocks clocks;
  for (auto _ : state) {
    const auto board = board_for(size, overrides);
    clocks.start(board->clock());
    const std::string trouble = update(*board, *image);
    state.SetIterationTime(clocks.stop(board->clock()));
    if (!trouble.empty()) return state.SkipWithError(trouble.c_str());
  }
  clocks.report(state);
  state.SetBytesProcessed(state.iterations() * size);
}

void WholeUpdate(benchmark::State& state) {
  measure(state, state.range(0), {});
}
BENCHMARK(WholeUpdate)
    ->RangeMultiplier(4)
    ->Range(64 << 10, 16 << 20)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

constexpr std::int64_t kSwept = 1 << 20;

/// 1 MiB through rings of that many slots.
void WholeUpdateByDepth(benchmark::State& state) {
  measure(state, kSwept, {{"heci.depth", std::to_string(state.range(0)), "bench"}});
}
BENCHMARK(WholeUpdateByDepth)
    ->RangeMultiplier(2)
    ->Range(2, 128)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

/// 1 MiB in FWU messages of at most that many bytes.
void WholeUpdateByMessage(benchmark::State& state) {
  measure(state, kSwept, {{"update.fwu_mtu", std::to_string(state.range(0)), "bench"}});
}
BENCHMARK(WholeUpdateByMessage)
    ->RangeMultiplier(2)
    ->Range(128, 4096)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
