// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/recording/recorder.h"

#include <fmt/format.h>

#include <utility>

#include "protocol/mei/clients.h"
#include "protocol/mei/secret_fields.h"
#include "protocol/pci/engine_functions.h"

namespace scenarios::recording {
namespace {

using emulator::sim::TraceKind;
namespace hbm = protocol::hbm;

std::uint16_t both_sides(std::uint8_t me_addr, std::uint8_t host_addr) {
  return static_cast<std::uint16_t>(me_addr << 8 | host_addr);
}

/// As the mei driver's fw_ver has it: three lines; of platforms and absent blocks there is 0.
std::string driver_versions(const emulator::firmware::FirmwareView& firmware) {
  return fmt::format("0:{}\n0:{}\n0:{}", to_text(firmware.running_version()),
                     to_text(firmware.recovery_version()),
                     to_text(firmware.identity().fitc_version));
}

}  // namespace

void Recorder::record(const emulator::sim::TraceRecord& record) {
  const bool to_host = record.kind == TraceKind::message_to_host;
  if (!to_host && record.kind != TraceKind::message_to_me) return;
  if (record.me_addr != protocol::mei::kHbmAddress)
    return keep(record, to_host ? Message::To::host : Message::To::engine);
  if (to_host) host_bus_message(record.data);
}

void Recorder::host_bus_message(base::ByteView message) {
  const auto client = hbm::decode_client_properties_response(message);
  if (client && client->status == 0) clients_[client->me_addr] = client->properties;
  const auto connected = hbm::decode_connect_response(message);
  if (connected && connected->status == 0) begin(connected->me_addr, connected->host_addr);
}

void Recorder::begin(std::uint8_t me_addr, std::uint8_t host_addr) {
  const auto client = clients_.find(me_addr);
  if (client == clients_.end()) return;
  open_[both_sides(me_addr, host_addr)] = conversations_.size();
  conversations_.push_back({.client = client->second.guid,
                            .max_message_length = client->second.max_message_length,
                            .protocol_version = client->second.protocol_version,
                            .messages = {}});
}

void Recorder::keep(const emulator::sim::TraceRecord& record, Message::To to) {
  const std::uint16_t sides = both_sides(record.me_addr, record.host_addr);
  if (!open_.contains(sides)) begin(record.me_addr, record.host_addr);
  const auto open = open_.find(sides);
  if (open == open_.end()) return;
  Conversation& conversation = conversations_[open->second];
  base::Bytes bytes(record.data.begin(), record.data.end());
  protocol::mei::blank_secrets(conversation.client, bytes, bytes.size());
  conversation.messages.push_back({.to = to, .bytes = std::move(bytes)});
}

Recording Recorder::recorded(emulator::machine::Machine& board) const {
  const auto& pci = board.profile().pci;
  Recording recording{.function = {.device_id = pci.device_id,
                                   .subsystem_vendor = pci.subsystem_vendor,
                                   .subsystem_id = pci.subsystem_id,
                                   .revision = pci.revision,
                                   .status_words = {}},
                      .firmware_versions = driver_versions(board.firmware()),
                      .listed = {},
                      .conversations = conversations_};
  for (const std::uint32_t at : protocol::pci::kStatusWordsAt)
    recording.function.status_words.push_back(board.pci().read(at, 4));
  for (const auto& [address, client] : clients_) recording.listed.push_back(client.guid);
  return recording;
}

}  // namespace scenarios::recording
