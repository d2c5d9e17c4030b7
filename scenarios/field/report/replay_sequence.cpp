// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/report/replay_sequence.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <optional>

#include "protocol/heci/hbm.h"
#include "protocol/mei/fwu.h"
#include "protocol/tpm/ordinals.h"
#include "scenarios/page/message_names.h"
#include "scenarios/page/sequence_rows.h"

namespace scenarios::field {

using page::SequenceRow;

namespace {

using Kind = SequenceRow::Kind;
using emulator::sim::TraceKind;

constexpr std::size_t kMostRows = 80;

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

const char* bus_message_name(const TimelineRecord& record) {
  if (!record.message) return nullptr;
  if (record.peer == Peer::link) return page::message_name(page::Spoken::link, *record.message);
  if (record.peer == Peer::kernel) return page::message_name(page::Spoken::kernel, *record.message);
  return nullptr;
}

std::string message_name(const TimelineRecord& record) {
  if (record.peer == Peer::amt) return page::kSetUpQuestion;
  if (const char* name = bus_message_name(record)) return name;
  if (record.peer == Peer::update && record.message) {
    if (const char* name = protocol::fwu::name(static_cast<protocol::fwu::Type>(*record.message)))
      return page::update_message_name(name);
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
  const bool credit =
      record.peer == Peer::link &&
      record.message == static_cast<std::uint32_t>(protocol::hbm::Command::flow_control);
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
