// SPDX-License-Identifier: BSD-3-Clause
// Reading pasted logs: runs of MEInfo and FWUpdLcl over and over, with prose between them.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include "scenarios/field/reading/read_report.h"

namespace {

/// Synthetic, in the shape of the logs in scenarios/field-reports/.
std::string one_paste(std::size_t n) {
  return fmt::format(
      "Hello, this is my machine number {0}\n"
      "> Intel(R) MEInfo Version: 5.0.0.{0}\n> Reading Fw Status Register....\n"
      "> FW Status Register: 0X{0:08X}\n> BIOS Version: {0}\n> Flash: 5.0.{0} Netstack: 5.0.{0}\n"
      "> FW Capabilities: 62\n> ASF2\n> Intel(R) AMT\n> VendorID: 8086\n> Link status: Link down\n"
      "[12:00:01] FWUpdLcl.exe {0}.bin -tpm -verbose\n[12:00:02] Firmware Update Utility Version "
      "5.2.50.{0}\n"
      "[12:00:03] Trying to connect to MEI driver.\n[12:00:03] ***** Flash Info ******\n"
      "[12:00:03] Version : 5.0.1.{0}\n[12:00:04] Error (8721): {0}\n",
      n % 60000);
}

std::string paste_of(std::size_t bytes) {
  std::string text;
  for (std::size_t n = 0; text.size() < bytes; ++n) text += one_paste(n);
  return text;
}

void ReadFieldLogs(benchmark::State& state) {
  const std::string text = paste_of(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    scenarios::field::FieldReport report;
    scenarios::field::read_text(text, "paste.txt", report);
    if (report.runs.empty()) return state.SkipWithError("nothing was found in the logs");
    benchmark::DoNotOptimize(report);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(ReadFieldLogs)
    ->RangeMultiplier(10)
    ->Range(100'000, 10'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
