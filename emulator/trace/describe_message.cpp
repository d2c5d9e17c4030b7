// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/describe_message.h"

#include <fmt/format.h>

#include "emulator/trace/duration_text.h"
#include "protocol/heci/hbm.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/secret_fields.h"

namespace emulator::trace {
namespace {

using sim::TraceKind;
using sim::TraceRecord;
namespace hbm = protocol::hbm;

std::string describe_event(const TraceRecord& record) {
  switch (record.kind) {
    case TraceKind::flash_program:
    case TraceKind::flash_erase:
    case TraceKind::flash_torn:
      return fmt::format("{:#x} {}", record.a, record.b);
    case TraceKind::tpm_command:
      return fmt::format("ordinal {:#010x} {} bytes", record.a, record.b);
    case TraceKind::tpm_response:
      return fmt::format("ordinal {:#010x} answers {:#x}", record.a, record.b);
    case TraceKind::fault:
      return fmt::format("{} (occurrence {})", record.text, record.a);
    case TraceKind::bad_input:
      return fmt::format("{} (me {:#04x} host {})", record.text, record.me_addr, record.host_addr);
    default:
      return record.text;
  }
}

}  // namespace

ClientMap::ClientMap() {
  known_[protocol::mei::kHbmAddress].here = true;
  known_[protocol::mei::kMkhiFixedAddress] = {.here = true, .guid = protocol::mei::kMkhiGuid};
}

void ClientMap::learn(std::uint8_t me_addr, base::ByteView message) {
  if (me_addr != protocol::mei::kHbmAddress) return;
  const auto response = hbm::decode_client_properties_response(message);
  if (!response || response->status != 0) return;
  known_[response->me_addr] = {.here = true, .guid = response->properties.guid};
}

const sim::MessageWords& ClientMap::words_of(const TraceRecord& record) const {
  const bool known = known_[record.me_addr].here && record.words != nullptr;
  return known ? *record.words : sim::kPlainWords;
}

base::Bytes ClientMap::shown(std::uint8_t me_addr, base::ByteView message, std::size_t size) const {
  base::Bytes copy(message.begin(), message.end());
  protocol::mei::blank_secrets(known_[me_addr].guid, copy, size);
  return copy;
}

std::string say(const sim::MessageWords& words, base::ByteView message, std::size_t size) {
  return fmt::format("{} {}", words.name, words.says(message, size));
}

std::string describe(const TraceRecord& record, const ClientMap& clients, base::ByteView head,
                     std::size_t size) {
  return fmt::format("{:>18}  {}", to_text(record.at),
                     describe_untimed(record, clients, head, size));
}

std::string describe_untimed(const TraceRecord& record, const ClientMap& clients,
                             base::ByteView head, std::size_t size) {
  const bool to_me = record.kind == TraceKind::message_to_me;
  if (!to_me && record.kind != TraceKind::message_to_host)
    return fmt::format("-- {}: {}", name(record.kind), describe_event(record));
  return fmt::format("{} {} ({} bytes, me {:#04x} host {})", to_me ? "->" : "<-",
                     say(clients.words_of(record), clients.shown(record.me_addr, head, size), size),
                     size, record.me_addr, record.host_addr);
}

}  // namespace emulator::trace
