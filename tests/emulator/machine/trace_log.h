// SPDX-License-Identifier: BSD-3-Clause
// Keeps a machine's trace as lines of text, so that two histories can be compared and a difference
// read.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/hex.h"
#include "emulator/sim/trace.h"

namespace emulator::machine {

class TraceLog final : public sim::TraceSink {
 public:
  void record(const sim::TraceRecord& r) override {
    lines.push_back(fmt::format("{} {} {:02x}->{:02x} {} {} {} {}", r.at.count(), sim::name(r.kind),
                                r.me_addr, r.host_addr, r.a, r.b, r.text, base::to_hex(r.data)));
  }
  bool has(std::string_view text) const {
    for (const std::string& line : lines) {
      if (line.find(text) != std::string::npos) return true;
    }
    return false;
  }
  std::vector<std::string> lines;
};

}  // namespace emulator::machine
