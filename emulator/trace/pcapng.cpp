// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/trace/pcapng.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string>

#include "protocol/tpm/ordinals.h"

namespace emulator::trace {
namespace {

using base::Bytes;
using base::ByteView;
using sim::TraceKind;

// draft-ietf-opsawg-pcapng: section 4, blocks; 3.5, options.
constexpr std::uint32_t kSectionHeader = 0x0A0D0D0A;
constexpr std::uint32_t kByteOrderMagic = 0x1A2B3C4D;
constexpr std::uint32_t kInterface = 1;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint16_t kEndOfOptions = 0;
constexpr std::uint16_t kHardwareOption = 2;     ///< of a section
constexpr std::uint16_t kApplicationOption = 4;  ///< of a section
constexpr std::uint16_t kNameOption = 2;         ///< of an interface
constexpr std::uint16_t kResolutionOption = 9;   ///< of an interface
constexpr std::uint16_t kFlagsOption = 2;        ///< of a packet
constexpr std::uint8_t kNanoseconds = 9;         ///< 10^-9 s
constexpr std::uint32_t kInbound = 1;
constexpr std::uint32_t kOutbound = 2;
// tcpdump.org/linktypes: LINKTYPE_WIRESHARK_UPPER_PDU.
constexpr std::uint16_t kUpperPdu = 252;
// epan/exported_pdu_tlvs.h.
constexpr std::uint16_t kDissectorName = 12;
constexpr std::uint16_t kEndOfTags = 0;

constexpr std::uint8_t kOurVersion = 1;
constexpr std::uint8_t kToChip = 0;
constexpr std::uint8_t kToHost = 1;

/// Numbers of a file are little-endian here, those of a packet big-endian.
template <class T>
void put_little(Bytes& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

template <class T>
void put_big(Bytes& out, T value) {
  for (std::size_t i = sizeof(T); i-- > 0;)
    out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

void put(Bytes& out, ByteView bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}

void pad(Bytes& out) {
  while (out.size() % 4 != 0) out.push_back(0);
}

void put_option(Bytes& out, std::uint16_t code, ByteView value) {
  put_little(out, code);
  put_little(out, static_cast<std::uint16_t>(value.size()));
  put(out, value);
  pad(out);
}

void put_option(Bytes& out, std::uint16_t code, std::string_view text) {
  constexpr std::size_t kLongest = std::numeric_limits<std::uint16_t>::max();
  put_option(out, code, base::as_bytes(text.substr(0, kLongest)));
}

void put_block(Bytes& out, std::uint32_t type, ByteView body) {
  const auto length = static_cast<std::uint32_t>(body.size() + 12);
  put_little(out, type);
  put_little(out, length);
  put(out, body);
  put_little(out, length);
}

Bytes section_header() {
  Bytes body;
  put_little(body, kByteOrderMagic);
  put_little(body, std::uint16_t{1});  // version 1.0
  put_little(body, std::uint16_t{0});
  put_little(body, std::int64_t{-1});  // how long the section is: not told
  put_option(body, kHardwareOption, std::string_view("a simulated Management Engine"));
  put_option(body, kApplicationOption, std::string_view("mesim"));
  put_option(body, kEndOfOptions, ByteView());
  return body;
}

Bytes interface(const std::string& story) {
  Bytes body;
  put_little(body, kUpperPdu);
  put_little(body, std::uint16_t{0});
  put_little(body, std::uint32_t{0});  // no limit to what is kept of a packet
  put_option(body, kNameOption, std::string_view(story.empty() ? "board" : story));
  put_option(body, kResolutionOption, ByteView(&kNanoseconds, 1));
  put_option(body, kEndOfOptions, ByteView());
  return body;
}

void put_tag(Bytes& out, std::uint16_t tag, std::string_view text) {
  Bytes value;
  put(value, base::as_bytes(text));
  pad(value);
  put_big(out, tag);
  put_big(out, static_cast<std::uint16_t>(value.size()));
  put(out, value);
}

std::string_view dissector_of(const TraceLine& line) {
  if (line.is_message()) return kHeciDissector;
  const bool tpm = line.kind == TraceKind::tpm_command || line.kind == TraceKind::tpm_response;
  return tpm ? kTpmDissector : kEventDissector;
}

bool goes_to_host(const TraceLine& line) {
  return line.kind == TraceKind::message_to_host || line.kind == TraceKind::tpm_response;
}

std::string packet_words(const TraceLine& line) {
  if (line.is_message()) return line.text;
  if (dissector_of(line) != kTpmDissector) return words_of(line);
  const auto ordinal = static_cast<protocol::tpm::Ordinal>(line.a);
  return fmt::format("TPM_{}", protocol::tpm::name(ordinal));
}

struct Packet {
  Bytes bytes;
  std::size_t missing = 0;  ///< bytes of the message that no trace keeps
};

Packet packet_of(const TraceLine& line) {
  Packet packet;
  put_tag(packet.bytes, kDissectorName, dissector_of(line));
  put_big(packet.bytes, kEndOfTags);
  put_big(packet.bytes, std::uint16_t{0});
  const std::string words = packet_words(line);
  packet.bytes.push_back(kOurVersion);
  packet.bytes.push_back(goes_to_host(line) ? kToHost : kToChip);
  put_big(packet.bytes, static_cast<std::uint16_t>(words.size()));
  put(packet.bytes, base::as_bytes(words));
  if (line.is_message()) {
    packet.bytes.push_back(line.me_addr);
    packet.bytes.push_back(line.host_addr);
    put(packet.bytes, line.data);
    packet.missing = line.size - std::min<std::size_t>(line.size, line.data.size());
    return packet;
  }
  put_big(packet.bytes, line.a);
  put_big(packet.bytes, line.b);
  return packet;
}

Bytes enhanced_packet(const TraceLine& line, std::uint32_t interface_number) {
  const Packet packet = packet_of(line);
  const auto time = static_cast<std::uint64_t>(line.at.count());
  Bytes body;
  put_little(body, interface_number);
  put_little(body, static_cast<std::uint32_t>(time >> 32u));
  put_little(body, static_cast<std::uint32_t>(time));
  put_little(body, static_cast<std::uint32_t>(packet.bytes.size()));
  put_little(body, static_cast<std::uint32_t>(packet.bytes.size() + packet.missing));
  put(body, packet.bytes);
  pad(body);
  Bytes flags;
  put_little(flags, goes_to_host(line) ? kInbound : kOutbound);
  put_option(body, kFlagsOption, ByteView(flags));
  put_option(body, kEndOfOptions, ByteView());
  return body;
}

}  // namespace

Bytes to_pcapng(const std::vector<TracedStory>& stories) {
  Bytes file;
  put_block(file, kSectionHeader, section_header());
  for (const TracedStory& story : stories) put_block(file, kInterface, interface(story.id));
  std::uint32_t number = 0;
  for (const TracedStory& story : stories) {
    for (const TraceLine& line : story.lines)
      put_block(file, kEnhancedPacket, enhanced_packet(line, number));
    ++number;
  }
  return file;
}

}  // namespace emulator::trace
