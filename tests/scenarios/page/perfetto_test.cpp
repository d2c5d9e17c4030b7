// SPDX-License-Identifier: BSD-3-Clause
// A trace for Perfetto: read back by the rules of protobuf's wire format, with the field numbers of
// google/perfetto's .proto files typed here once more.
#include "scenarios/page/perfetto.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/scenarios/page/lines.h"

namespace scenarios::page {
namespace {

struct Field {
  std::uint64_t number = 0;         ///< of wire type 0
  std::vector<std::uint8_t> bytes;  ///< of wire type 2
};
using Fields = std::multimap<std::uint64_t, Field>;

std::uint64_t varint(const std::vector<std::uint8_t>& data, std::size_t& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; at < data.size(); shift += 7) {
    const std::uint8_t byte = data[at++];
    value |= static_cast<std::uint64_t>(byte & 0x7Fu) << shift;
    if (byte < 0x80) return value;
  }
  ADD_FAILURE() << "a number without its end";
  return value;
}

Fields fields_of(const std::vector<std::uint8_t>& data) {
  Fields fields;
  for (std::size_t at = 0; at < data.size();) {
    const std::uint64_t key = varint(data, at);
    Field field;
    const std::uint64_t value = varint(data, at);
    if ((key & 7u) == 0) {
      field.number = value;
    } else if ((key & 7u) == 2 && value <= data.size() - at) {
      field.bytes.assign(data.begin() + static_cast<long>(at),
                         data.begin() + static_cast<long>(at + value));
      at += value;
    } else {
      ADD_FAILURE() << "wire type " << (key & 7u) << " at " << at;
      return fields;
    }
    fields.emplace(key >> 3u, field);
  }
  return fields;
}

std::uint64_t number(const Fields& fields, std::uint64_t field) {
  const auto found = fields.find(field);
  return found == fields.end() ? 0 : found->second.number;
}

std::string text(const Fields& fields, std::uint64_t field) {
  const auto found = fields.find(field);
  if (found == fields.end()) return {};
  return {found->second.bytes.begin(), found->second.bytes.end()};
}

/// "5 begin staging on update" of each packet, "track update in a.toml" of each track.
std::vector<std::string> told(const base::Bytes& file) {
  std::vector<std::string> all;
  std::map<std::uint64_t, std::string> tracks;
  for (const auto& [field, packet] : fields_of(file)) {
    EXPECT_EQ(field, 1u) << "of Trace there is packet = 1";
    const Fields fields = fields_of(packet.bytes);
    EXPECT_EQ(number(fields, 10), 1u) << "trusted_packet_sequence_id";
    if (const auto descriptor = fields.find(60); descriptor != fields.end()) {
      const Fields track = fields_of(descriptor->second.bytes);
      tracks[number(track, 1)] = text(track, 2);
      all.push_back("track " + text(track, 2) +
                    (track.count(5) == 0 ? "" : " in " + tracks.at(number(track, 5))));
      continue;
    }
    const auto event = fields.find(11);
    if (event == fields.end()) {
      ADD_FAILURE() << "neither track_event nor track_descriptor";
      continue;
    }
    const Fields inside = fields_of(event->second.bytes);
    constexpr const char* kTypes[] = {"?", "begin", "end", "instant"};
    all.push_back(std::to_string(number(fields, 8)) + " " + kTypes[number(inside, 9) % 4] + " " +
                  text(inside, 23) + " on " + tracks[number(inside, 11)]);
  }
  return all;
}

TEST(Perfetto, HasTracksForStatesCommandsAndMessages) {
  const base::Bytes file =
      to_perfetto({{.id = "a.toml",
                    .lines = {event(0, TraceKind::power, "power on"), tpm_command(1, 0x65),
                              tpm_response(2, 0x65, 0), message(300, "FWU END")}}});
  EXPECT_EQ(told(file),
            (std::vector<std::string>{
                "track a.toml", "track power in a.toml", "0 begin on on power",
                "300000000000 end  on power", "track events in a.toml",
                "0 instant power: power on on events", "track TPM commands in a.toml",
                "1000000000 begin TPM_GetCapability on TPM commands",
                "2000000000 end  on TPM commands", "track messages in a.toml",
                "300000000000 instant -> FWU END (4 bytes, me 0x21 host 1) on messages"}));
}

TEST(Perfetto, EndsACommandThatWasNeverAnswered) {
  const base::Bytes file =
      to_perfetto({{.id = "",
                    .lines = {tpm_command(1, 0x65), tpm_command(2, 0x65), tpm_response(3, 0x65, 0),
                              tpm_response(4, 0x65, 0)}}});
  const auto all = told(file);
  EXPECT_EQ(std::vector<std::string>(all.begin() + 2, all.end()),
            (std::vector<std::string>{"1000000000 begin TPM_GetCapability on TPM commands",
                                      "2000000000 end  on TPM commands",
                                      "2000000000 begin TPM_GetCapability on TPM commands",
                                      "3000000000 end  on TPM commands"}));
}

}  // namespace
}  // namespace scenarios::page
