// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/bus_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "emulator/tpm/field_upgrade.h"
#include "emulator/trace/duration_text.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "scenarios/engine/fold_lines.h"

namespace scenarios::engine {
namespace {

using emulator::sim::TraceKind;
using emulator::tpm::kUpgradeBlockTaken;

bool is_flash(TraceKind kind) {
  return kind == TraceKind::flash_program || kind == TraceKind::flash_erase ||
         kind == TraceKind::flash_torn;
}

/// The power that a story begins with decides nothing.
bool is_decisive(const emulator::sim::TraceRecord& record) {
  return record.kind == TraceKind::fault ||
         (record.kind == TraceKind::power && record.at > base::TimePoint{});
}

TimedLine line_of_record(const emulator::sim::TraceRecord& record,
                         const emulator::trace::ClientMap& clients, base::ByteView head,
                         std::size_t size) {
  return {.at = emulator::trace::to_text(record.at),
          .what = describe_untimed(record, clients, head, size)};
}

}  // namespace

void BusLog::record(const emulator::sim::TraceRecord& record) {
  if (is_flash(record.kind)) return;
  ring_.record(record);
  ++recorded_;
  if (is_decisive(record)) keep_decisive(record);
  if (record.kind == TraceKind::fault) ++faults_struck_;
  if (record.kind == TraceKind::tpm && record.text == std::string_view(kUpgradeBlockTaken))
    image_bytes_ += record.b;
  if (record.kind == TraceKind::message_to_host) clients_.learn(record.me_addr, record.data);
  if (record.kind != TraceKind::message_to_me) return;
  if (clients_.guid_at(record.me_addr) != protocol::mei::kFwuGuid) return;
  if (const auto data = protocol::fwu::decode_data_request(record.data))
    image_bytes_ += data->data.size();
}

void BusLog::keep_decisive(const emulator::sim::TraceRecord& record) {
  decisive_.push_back({.number = recorded_, .record = record});
  if (decisive_.size() > kDecisive) decisive_.pop_front();
}

std::vector<std::string> BusLog::last_lines() const {
  std::vector<TimedLine> kept;
  for (const auto& entry : ring_.last(kKept)) {
    const std::size_t head = std::min(entry.data_size, emulator::sim::TraceRing::kept_data);
    kept.push_back(line_of_record(entry.record, clients_, base::ByteView(entry.head).first(head),
                                  entry.data_size));
  }
  std::vector<FoldedLine> shown = folded(kept);
  if (shown.size() > kShown) shown.erase(shown.begin(), shown.end() - kShown);
  if (shown.empty()) return {};
  const std::uint64_t first = recorded_ - kept.size() + shown.front().from + 1;

  std::vector<std::string> lines;
  std::uint64_t told = 0;
  const auto tell_gap = [&](std::uint64_t next) {
    if (next > told + 1) lines.push_back(fmt::format("{:>18}  ... {} before", "", next - told - 1));
  };
  for (const Decisive& event : decisive_) {
    if (event.number >= first) break;
    tell_gap(event.number);
    lines.push_back(to_text(line_of_record(event.record, clients_, {}, 0)));
    told = event.number;
  }
  tell_gap(first);
  for (FoldedLine& line : shown) lines.push_back(std::move(line.text));
  return lines;
}

}  // namespace scenarios::engine
