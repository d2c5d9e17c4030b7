// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/bus_log.h"

#include <algorithm>

#include "emulator/tpm/field_upgrade.h"
#include "protocol/mei/fwu.h"

namespace scenarios::engine {
namespace {

using emulator::sim::TraceKind;
using emulator::tpm::kUpgradeBlockTaken;
using emulator::trace::Client;

bool is_flash(TraceKind kind) {
  return kind == TraceKind::flash_program || kind == TraceKind::flash_erase ||
         kind == TraceKind::flash_torn;
}

}  // namespace

void BusLog::record(const emulator::sim::TraceRecord& record) {
  if (is_flash(record.kind)) return;
  ring_.record(record);
  if (record.kind == TraceKind::fault) ++faults_struck_;
  if (record.kind == TraceKind::tpm && record.text == std::string_view(kUpgradeBlockTaken))
    image_bytes_ += record.b;
  if (record.kind == TraceKind::message_to_host) clients_.learn(record.me_addr, record.data);
  if (record.kind != TraceKind::message_to_me || clients_.at(record.me_addr) != Client::fwu) return;
  if (const auto data = protocol::fwu::decode_data_request(record.data))
    image_bytes_ += data->data.size();
}

std::vector<std::string> BusLog::last_lines() const {
  std::vector<std::string> lines;
  for (const auto& kept : ring_.last(kKept)) {
    const std::size_t head = std::min(kept.data_size, emulator::sim::TraceRing::kept_data);
    lines.push_back(
        describe(kept.record, clients_, base::ByteView(kept.head).first(head), kept.data_size));
  }
  return lines;
}

}  // namespace scenarios::engine
