// SPDX-License-Identifier: BSD-3-Clause
// How many bytes of image have reached the ME, whichever way they came.
#include "scenarios/engine/bus_log.h"

#include <gtest/gtest.h>

#include "emulator/tpm/field_upgrade.h"

namespace scenarios::engine {
namespace {

using emulator::sim::TraceKind;

TEST(BusLog, CountsTheBlocksThatTheTpmHasTaken) {
  BusLog log;
  for (const std::uint32_t size : {1024u, 100u}) {
    log.record(
        {.kind = TraceKind::tpm, .a = 5000, .b = size, .text = emulator::tpm::kUpgradeBlockTaken});
  }
  log.record({.kind = TraceKind::tpm, .a = 7, .b = 7, .text = "lockout begins"});
  EXPECT_EQ(log.image_bytes(), 1124u);
}

emulator::sim::TraceRecord event(std::int64_t ms, TraceKind kind, const char* text) {
  return {.at = base::TimePoint(std::chrono::milliseconds(ms)), .kind = kind, .text = text};
}

std::string line(const BusLog& log, std::size_t index) {
  const std::string text = log.last_lines().at(index);
  return text.substr(text.find_first_not_of(' '));
}

TEST(BusLog, ShowsTheFaultAndTheCutHoweverMuchCameLater) {
  static constexpr const char* kSteps[] = {"a", "b", "c", "d", "e", "f", "g"};
  BusLog log;
  log.record(event(0, TraceKind::power, "power on"));
  log.record(event(1, TraceKind::firmware, "booted"));
  log.record(event(2, TraceKind::fault, "power_cut_inside at flash_program"));
  log.record(event(2, TraceKind::power, "power lost"));
  for (int i = 0; i < 500; ++i)
    log.record(event(10 + i, TraceKind::firmware, kSteps[i * i % 31 % 7]));
  const auto lines = log.last_lines();
  EXPECT_EQ(line(log, 0), "... 2 before");
  EXPECT_EQ(line(log, 1), "2ms  -- fault: power_cut_inside at flash_program (occurrence 0)");
  EXPECT_EQ(line(log, 2), "2ms  -- power: power lost");
  EXPECT_TRUE(line(log, 3).starts_with("... 4")) << line(log, 3);
  EXPECT_LE(lines.size(), 18u);
  EXPECT_EQ(line(log, lines.size() - 1).substr(0, 5), "509ms");
}

TEST(BusLog, ShowsAFaultThatIsAmongTheLastOnce) {
  BusLog log;
  log.record(event(1, TraceKind::firmware, "booted"));
  log.record(event(2, TraceKind::fault, "fail at fwu_start"));
  log.record(event(3, TraceKind::firmware, "idle"));
  ASSERT_EQ(log.last_lines().size(), 3u);
  EXPECT_EQ(line(log, 1), "2ms  -- fault: fail at fwu_start (occurrence 0)");
}

TEST(BusLog, FoldsAnUploadIntoFewLines) {
  BusLog log;
  for (int i = 0; i < 300; ++i) {
    log.record({.at = base::TimePoint(std::chrono::milliseconds(2 * i)),
                .kind = TraceKind::tpm_command,
                .a = 0xAA,
                .b = 1100});
    log.record({.at = base::TimePoint(std::chrono::milliseconds(2 * i + 1)),
                .kind = TraceKind::tpm_response,
                .a = 0xAA,
                .b = 0});
  }
  const auto lines = log.last_lines();
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(line(log, 0), "... 344 before");
  EXPECT_EQ(line(log, 3), "599ms  ... the same 2 lines 127 more times, until then");
}

}  // namespace
}  // namespace scenarios::engine
