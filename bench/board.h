// SPDX-License-Identifier: BSD-3-Clause
// A powered board for the benchmarks, and the two columns they report beside Google Benchmark's
// own.
#pragma once

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "emulator/machine/machine.h"

namespace bench {

/// Ends the program: a benchmark that cannot build its board has nothing to measure.
[[noreturn]] inline void give_up(const base::Error& error) {
  std::fprintf(stderr, "ERROR OCCURRED: %s\n", error.doing.c_str());
  std::exit(1);
}

inline std::unique_ptr<emulator::machine::Machine> powered_board(
    const std::vector<emulator::machine::Override>& overrides = {}) {
  const auto profile = emulator::machine::load_profile("esprimo-e5730", overrides);
  if (!profile) give_up(profile.error());
  auto machine = emulator::machine::Machine::build(*profile);
  if (!machine) give_up(machine.error());
  (*machine)->boot();
  return *std::move(machine);
}

/// Adds up what the modelled hardware took and what the simulation cost, and reports both for
/// one operation.
class TwoClocks {
 public:
  void start(const base::Clock& simulated) {
    simulated_from_ = simulated.now();
    host_from_ = std::chrono::steady_clock::now();
  }

  /// Host seconds since start().
  double stop(const base::Clock& simulated) {
    const std::chrono::duration<double> host = std::chrono::steady_clock::now() - host_from_;
    const std::chrono::duration<double> device = simulated.now() - simulated_from_;
    host_ += host.count();
    simulated_ += device.count();
    return host.count();
  }

  void report(benchmark::State& state) const {
    using benchmark::Counter;
    state.counters["simulated_s"] = Counter(simulated_, Counter::kAvgIterations);
    state.counters["host_s"] = Counter(host_, Counter::kAvgIterations);
  }

 private:
  base::TimePoint simulated_from_{};
  std::chrono::steady_clock::time_point host_from_;
  double simulated_ = 0;
  double host_ = 0;
};

}  // namespace bench
