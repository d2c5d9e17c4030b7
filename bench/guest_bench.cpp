// SPDX-License-Identifier: BSD-3-Clause
// What a guest gets of a board: register reads, register writes and messages a second, and a whole
// update, with the board in QEMU's process and behind vfio-user. Each benchmark boots a guest once;
// timed is, on this computer's clock, what lies between the two marks that the guest prints.
#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

#include "os/safe_text.h"

namespace {

using Clock = std::chrono::steady_clock;
using os::shell_quoted;

constexpr const char* kImage = GUEST_BENCH_FOLDER "/5.2.70.1046.bin";

/// Seconds between "begin" and "end" in what `command` prints; nothing when they do not come.
std::optional<double> seconds_between_marks(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::optional<Clock::time_point> begin;
  std::optional<double> seconds;
  char line[4096];
  while (std::fgets(line, sizeof line, pipe) != nullptr) {
    if (std::strncmp(line, "begin", 5) == 0) begin = Clock::now();
    if (begin && std::strncmp(line, "end", 3) == 0)
      seconds = std::chrono::duration<double>(Clock::now() - *begin).count();
  }
  return ::pclose(pipe) == 0 ? seconds : std::nullopt;
}

void run(benchmark::State& state, const std::string& options, const std::string& script,
         long operations) {
  const std::string command = os::shell_quoted(MESIM) + " guest --machine esprimo-e5730 " +
                              options + " -- sh -c " + os::shell_quoted(script);
  for (auto _ : state) {
    const auto seconds = seconds_between_marks(command);
    if (!seconds) return state.SkipWithError("the guest did not come to its end");
    state.SetIterationTime(*seconds);
  }
  state.SetItemsProcessed(state.iterations() * operations);
}

constexpr const char* kPlugin = "--attach plugin --real-time";
constexpr const char* kPluginFast = "--attach plugin";
constexpr const char* kVfioUser = "--attach vfio-user";

void accesses(benchmark::State& state, const char* attach, const char* load, long count) {
  run(state, std::string(attach) + " --no-driver --no-tpm --file " + os::shell_quoted(GUEST_LOAD),
      "./guest_load " + std::string(load) + " " + std::to_string(count), count);
}

void RegisterReadInGuest(benchmark::State& state, const char* attach, long count) {
  accesses(state, attach, "reads", count);
}
BENCHMARK_CAPTURE(RegisterReadInGuest, plugin, kPlugin, 2'000'000L)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(RegisterReadInGuest, vfio_user, kVfioUser, 20'000L)
    ->Iterations(1)
    ->UseManualTime();

void RegisterWriteInGuest(benchmark::State& state, const char* attach, long count) {
  accesses(state, attach, "writes", count);
}
BENCHMARK_CAPTURE(RegisterWriteInGuest, plugin, kPlugin, 2'000'000L)
    ->Iterations(1)
    ->UseManualTime();
BENCHMARK_CAPTURE(RegisterWriteInGuest, vfio_user, kVfioUser, 20'000L)
    ->Iterations(1)
    ->UseManualTime();

void FwuVersionInGuest(benchmark::State& state, const char* attach, long count) {
  run(state, std::string(attach) + " --no-tpm --file " + os::shell_quoted(GUEST_LOAD),
      "./guest_load messages " + std::to_string(count), count);
}
BENCHMARK_CAPTURE(FwuVersionInGuest, plugin, kPlugin, 2'000L)->Iterations(1)->UseManualTime();
BENCHMARK_CAPTURE(FwuVersionInGuest, vfio_user, kVfioUser, 500L)->Iterations(1)->UseManualTime();

/// 64 KiB into a partition of 256 KiB, from the command to the new version running.
void UpdateInGuest(benchmark::State& state, const char* attach) {
  const std::string build = os::shell_quoted(MESIM) +
                            " image build --machine esprimo-e5730 --version 5.2.70.1046 "
                            "--size 65536 --output " +
                            os::shell_quoted(kImage) + " >/dev/null";
  if (std::system(build.c_str()) != 0) return state.SkipWithError("no image");
  run(state,
      std::string(attach) +
          " --no-tpm --set settings.enabled_update_interfaces=1 "
          "--set flash.code_size=0x40000 --file " +
          os::shell_quoted(kImage),
      "echo begin; meupdate update 5.2.70.1046.bin -y && echo end", 1);
}
BENCHMARK_CAPTURE(UpdateInGuest, plugin_fast, kPluginFast)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(UpdateInGuest, plugin, kPlugin)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(UpdateInGuest, vfio_user, kVfioUser)
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
