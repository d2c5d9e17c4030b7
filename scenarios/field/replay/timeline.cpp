// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/timeline.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "protocol/mei/amthi.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"

namespace scenarios::field {
namespace {

using emulator::sim::TraceKind;
using emulator::sim::TraceRecord;
using emulator::trace::ClientMap;

struct PeerRow {
  protocol::mei::Guid guid;
  Peer peer;
};
constexpr std::array kPeers = {PeerRow{protocol::mei::kFwuGuid, Peer::update},
                               PeerRow{protocol::mei::kMkhiGuid, Peer::kernel},
                               PeerRow{protocol::mei::kMkhiFixedGuid, Peer::kernel},
                               PeerRow{protocol::mei::kAmthiGuid, Peer::amt}};

Peer peer_at(std::uint8_t me_addr, const ClientMap& clients) {
  if (me_addr == protocol::mei::kHbmAddress) return Peer::link;
  const auto guid = clients.guid_at(me_addr);
  const auto* row = std::find_if(kPeers.begin(), kPeers.end(),
                                 [&](const PeerRow& each) { return guid == each.guid; });
  return row == kPeers.end() ? Peer::not_known : row->peer;
}

std::optional<std::uint32_t> word_at(base::ByteView message, std::size_t at) {
  if (message.size() < at + 4) return std::nullopt;
  base::ByteReader in(message.subspan(at));
  return in.u32();
}

void tell_update(base::ByteView message, TimelineRecord& told) {
  told.message = protocol::fwu::decode_type(message);
  const bool answer = told.message && *told.message % 2 == 1;
  if (answer) told.status = word_at(message, 4);
}

void tell_kernel(base::ByteView message, TimelineRecord& told) {
  constexpr unsigned kGroup = 8;
  const auto header = protocol::mkhi::decode_header(message);
  if (!header) return;
  told.message = std::uint32_t{header->group} << kGroup | header->command;
  if (header->is_response) told.status = header->result;
}

void tell_amt(base::ByteView message, TimelineRecord& told) {
  const auto header = protocol::amthi::decode_header(message);
  if (!header) return;
  told.message = header->command;
  if (told.kind == TraceKind::message_to_host)
    told.status = word_at(message, protocol::amthi::Header::size);
}

void tell_message(const TraceRecord& record, const ClientMap& clients, TimelineRecord& told) {
  told.peer = peer_at(record.me_addr, clients);
  switch (told.peer) {
    case Peer::link:
      if (!record.data.empty()) told.message = record.data[0];
      return;
    case Peer::update:
      return tell_update(record.data, told);
    case Peer::kernel:
      return tell_kernel(record.data, told);
    case Peer::amt:
      return tell_amt(record.data, told);
    case Peer::nobody:
    case Peer::tpm:
    case Peer::not_known:
      told.words = clients.words_of(record).name;
  }
}

bool is_of_the_flash(TraceKind kind) {
  return kind == TraceKind::flash_program || kind == TraceKind::flash_erase ||
         kind == TraceKind::flash_torn;
}

/// "fault: ignore (occurrence 1)"
std::string event_words(const TraceRecord& record, const ClientMap& clients) {
  constexpr std::string_view kNoDirection = "-- ";
  return describe_untimed(record, clients, {}, 0).substr(kNoDirection.size());
}

}  // namespace

void TimelineSink::record(const TraceRecord& record) {
  if (is_of_the_flash(record.kind) || records_.size() >= kMost) return;
  if (record.kind == TraceKind::message_to_host) clients_.learn(record.me_addr, record.data);
  TimelineRecord told{.at = record.at, .kind = record.kind};
  switch (record.kind) {
    case TraceKind::message_to_me:
    case TraceKind::message_to_host:
      tell_message(record, clients_, told);
      break;
    case TraceKind::tpm_command:
      told.peer = Peer::tpm;
      told.message = record.a;
      break;
    case TraceKind::tpm_response:
      told.peer = Peer::tpm;
      told.message = record.a;
      told.status = record.b;
      break;
    default:
      told.words = event_words(record, clients_);
  }
  records_.push_back(std::move(told));
}

}  // namespace scenarios::field
