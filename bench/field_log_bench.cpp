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

/// Each shape that the world writes once, with values that no other paste has: tabs, commas, bars,
/// a page's source, one line, a misread picture, a journal in JSON, a chat, other tools, people.
std::string one_of_each_shape(std::size_t n) {
  return fmt::format(
      "Intel(R) MEInfo Win Version:\t4.2.50.{0}\nBIOS Version\t7UET{0}WW (3.23 )\n"
      "\"Build Number\",\"{0}\"\nVendorID;8086\n| Link status | Link down |\n| MAC{0} | |\n"
      "<table><tr><td>Flash</td><td>4.0.{0}</td></tr><tr><td>Netstack</td><td>4.0.{0}</td></tr>"
      "</table>Firmware Update Utility Version 4.2.50.{0}<br>Communication Mode: TPM<br/>\n"
      "C:\\ME>FWUpdLcl.exe {0}.bin -tpm Firmware Update Utility Version 5.2.50.{0} Trying to "
      "connect "
      "to MEI driver. Communication Mode: TPM Error (8729): owned {0}\n"
      "Firrnware Update Uti1ity Version 5.2.50.{0}\nEnabledUpdatelnterfaces : {0}\n"
      "Err0r ({0}}}: SKU misrnatch\n"
      "{{\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"mei_me 0000:00:03.0: status {0}\"}}\n"
      "  \"UpdateError\" : \"expected 184.90.{0}\",\n"
      "[21:04:11] <joe{0}> Error ({0}): Firmware update\n"
      "[   10.{0}] tpm_tis 00:0a: TPM is disabled/deactivated ({0})\n"
      "ME Status   : 0x1e{0:06x}\nME: Error Code              : Image Failure {0}\n"
      "FW Status Register1: 0x1E{0:06X}\nError 9257: {0}\nFW Version: 11.8.{0}.3425 H\n"
      "I tried it {0} times, in dos and in windows, and what now? Thanks, number {0}.\n",
      n % 60000);
}

void ReadEveryShape(benchmark::State& state) {
  std::string text;
  for (std::size_t n = 0; text.size() < static_cast<std::size_t>(state.range(0)); ++n)
    text += one_of_each_shape(n);
  for (auto _ : state) {
    scenarios::field::FieldReport report;
    scenarios::field::read_text(text, "paste.txt", report);
    if (report.runs.empty()) return state.SkipWithError("nothing was found in the logs");
    benchmark::DoNotOptimize(report);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(ReadEveryShape)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

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
