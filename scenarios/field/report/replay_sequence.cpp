// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/replay_sequence.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <optional>

#include "protocol/heci/hbm.h"
#include "protocol/mei/fwu.h"
#include "protocol/tpm/ordinals.h"
#include "scenarios/page/sequence_rows.h"

namespace scenarios::field {

using page::SequenceRow;

namespace {

using Kind = SequenceRow::Kind;
using emulator::sim::TraceKind;

constexpr std::size_t kMostRows = 80;

/// What the picture calls a message.
struct NamedMessage {
  Peer peer;
  std::uint32_t message;
  const char* name;
};
template <class Message>
constexpr NamedMessage named(Peer peer, Message message, const char* name) {
  return {peer, static_cast<std::uint32_t>(message), name};
}

namespace fwu = protocol::fwu;
namespace hbm = protocol::hbm;

constexpr NamedMessage kNamedMessages[] = {
    named(Peer::kernel, 0xFF02, "MKHI: firmware version?"),
    named(Peer::kernel, 0x0302, "MKHI: a rule?"),
    named(Peer::kernel, 0x0303, "MKHI: set a rule"),
    named(Peer::kernel, 0x0602, "MKHI: how is the update?"),
    named(Peer::link, hbm::Command::host_start_req, "link: start"),
    named(Peer::link, hbm::Command::host_enum_req, "link: which clients?"),
    named(Peer::link, hbm::Command::client_props_req, "link: which clients?"),
    named(Peer::link, hbm::Command::connect_req, "link: connect"),
    named(Peer::link, hbm::Command::disconnect_req, "link: disconnect"),
    named(Peer::link, hbm::Command::host_stop_req, "link: stop"),
    named(Peer::update, fwu::Type::get_version, "FWU: get version"),
    named(Peer::update, fwu::Type::get_version_reply, "FWU: get version reply"),
    named(Peer::update, fwu::Type::start, "FWU: start"),
    named(Peer::update, fwu::Type::start_reply, "FWU: start reply"),
    named(Peer::update, fwu::Type::data, "FWU: data"),
    named(Peer::update, fwu::Type::data_reply, "FWU: data reply"),
    named(Peer::update, fwu::Type::end, "FWU: end"),
    named(Peer::update, fwu::Type::end_reply, "FWU: end reply"),
    named(Peer::update, fwu::Type::get_info, "FWU: get info"),
    named(Peer::update, fwu::Type::get_info_reply, "FWU: get info reply"),
};

const char* peer_name(Peer peer) {
  switch (peer) {
    case Peer::link:
      return "link";
    case Peer::update:
      return "FWU";
    case Peer::kernel:
      return "MKHI";
    case Peer::amt:
      return "AMT";
    default:
      return "client";
  }
}

std::string message_name(const TimelineRecord& record) {
  if (record.peer == Peer::amt) return "AMT: questions about the set-up";
  for (const NamedMessage& row : kNamedMessages) {
    if (row.peer == record.peer && row.message == record.message) return row.name;
  }
  if (!record.message) return fmt::format("{}: a message", peer_name(record.peer));
  return fmt::format("{}: message 0x{:X}", peer_name(record.peer), *record.message);
}

double seconds(base::TimePoint at) {
  return std::chrono::duration<double>(at).count();
}

/// Answers that are well are left out.
std::optional<SequenceRow> of_tpm(const TimelineRecord& record) {
  const std::string command = fmt::format(
      "TPM_{}",
      protocol::tpm::name(static_cast<protocol::tpm::Ordinal>(record.message.value_or(0))));
  const double at = seconds(record.at);
  if (record.kind == TraceKind::tpm_command) return SequenceRow{Kind::to_tpm, at, 0, command};
  if (record.status.value_or(0) == 0) return std::nullopt;
  return SequenceRow{Kind::from_tpm, at, 0,
                     fmt::format("{} answers 0x{:X}", command, *record.status)};
}

/// Of an answer that is not well; nothing of any other.
std::optional<SequenceRow> of_answer(const TimelineRecord& record) {
  if (record.status.value_or(0) == 0 || record.peer == Peer::amt) return std::nullopt;
  return SequenceRow{Kind::from_engine, seconds(record.at), 0,
                     fmt::format("{}: status {}", message_name(record), *record.status)};
}

std::optional<SequenceRow> row_of(const TimelineRecord& record) {
  const bool credit = record.peer == Peer::link &&
                      record.message == static_cast<std::uint32_t>(hbm::Command::flow_control);
  if (credit) return std::nullopt;
  const double at = seconds(record.at);
  switch (record.kind) {
    case TraceKind::message_to_me:
      return SequenceRow{Kind::to_engine, at, 0, message_name(record)};
    case TraceKind::message_to_host:
      return of_answer(record);
    case TraceKind::tpm_command:
    case TraceKind::tpm_response:
      return of_tpm(record);
    case TraceKind::fault:
      return SequenceRow{Kind::fault, at, 0, record.words};
    default:
      return SequenceRow{Kind::event, at, 0, record.words};
  }
}

}  // namespace

std::vector<SequenceRow> sequence_of(const std::vector<TimelineRecord>& timeline) {
  page::SequenceRows rows;
  for (const TimelineRecord& record : timeline) {
    if (auto row = row_of(record)) rows.add(std::move(*row));
    rows.pass(seconds(record.at));
    if (rows.size() >= kMostRows) break;
  }
  return rows.take();
}

}  // namespace scenarios::field
