// SPDX-License-Identifier: BSD-3-Clause
// What a register access costs through the Mmio seam, and slots through the register file.
#include "bench/board.h"
#include "emulator/heci/register_file.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "protocol/heci/registers.h"

namespace {

using namespace protocol::heci;

/// One read of H_CSR as host software does it: through base::Mmio, the PCI function deciding
/// whether it answers.
void RegisterReadThroughSeam(benchmark::State& state) {
  const auto board = bench::powered_board();
  base::Mmio* bar = &board->bar0();
  benchmark::DoNotOptimize(bar);
  for (auto _ : state) benchmark::DoNotOptimize(bar->read32(kHCsr));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RegisterReadThroughSeam);

/// One write of H_CSR that changes nothing: H_IE as it was, no doorbell.
void RegisterWriteThroughSeam(benchmark::State& state) {
  const auto board = bench::powered_board();
  base::Mmio* bar = &board->bar0();
  benchmark::DoNotOptimize(bar);
  bar->write32(kHCsr, HCsr::ie.mask);
  for (auto _ : state) bar->write32(kHCsr, HCsr::ie.mask);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RegisterWriteThroughSeam);

/// A slot from the host's window into the ring and out again on the ME's side, a ring full at
/// a time.
void SlotsThroughRegisterFile(benchmark::State& state) {
  emulator::sim::Scheduler clock;
  emulator::sim::Trace trace(clock);
  emulator::heci::BadInputLog bad_input(trace);
  const auto depth = static_cast<std::uint32_t>(state.range(0));
  const emulator::heci::HeciConfig config{.depth = depth};
  emulator::heci::RegisterFile registers(config, bad_input);
  registers.set_me_ready();
  std::uint32_t sum = 0;
  for (auto _ : state) {
    for (std::uint32_t i = 0; i < depth; ++i) registers.write(kHCbWw, i);
    while (registers.from_host().filled() != 0) sum += registers.from_host().pop();
  }
  benchmark::DoNotOptimize(sum);
  if (sum == 0 || registers.overrun()) state.SkipWithError("the slots did not come through");
  state.SetItemsProcessed(state.iterations() * depth);
  state.counters["slots_per_s"] = benchmark::Counter(
      static_cast<double>(state.iterations() * depth), benchmark::Counter::kIsRate);
}
BENCHMARK(SlotsThroughRegisterFile)->Arg(32)->Arg(128);

}  // namespace
