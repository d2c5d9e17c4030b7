// SPDX-License-Identifier: BSD-3-Clause
// What stands in the configuration space of the HECI function (PCI Local Bus Specification, "Type
// 00h"; status words: protocol/pci/engine_functions.h), or else in the driver's fw_status.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <span>

#include "base/bytes.h"
#include "base/lines.h"
#include "protocol/pci/engine_functions.h"
#include "scenarios/measured/measured_board.h"

namespace scenarios::measured {
namespace {

struct FieldRow {
  std::string_view key;
  std::size_t at;
  std::size_t size;
};

constexpr FieldRow kFields[] = {{"pci.device_id", 0x02, 2},
                                {"pci.revision", 0x08, 1},
                                {"pci.prog_if", 0x09, 1},
                                {"pci.subsystem_vendor", 0x2C, 2},
                                {"pci.subsystem_id", 0x2E, 2}};

constexpr std::string_view kStatusKeys[] = {"pci.firmware_status",      "engine.firmware_status_2",
                                            "engine.firmware_status_3", "engine.firmware_status_4",
                                            "engine.firmware_status_5", "engine.firmware_status_6"};

std::uint32_t little(base::ByteView space, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t byte = size; byte > 0; --byte) value = value << 8 | space[at + byte - 1];
  return value;
}

/// Of earlier engines one word is known, and the profile has no [engine].
std::size_t words_of(const MeasuredBoard& board) {
  const bool later = board.device_id && protocol::pci::find_later_function(*board.device_id);
  return later ? std::size(kStatusKeys) : 1;
}

/// "1E000255", a line a word.
void measure_status_file(const Archive& archive, MeasuredBoard& board) {
  const std::string name = archive.first("mei/", "/fw_status");
  std::vector<std::uint32_t> words;
  for (const std::string& line : base::lines_of(archive.text(name))) {
    std::uint32_t value = 0;
    const char* const end = line.data() + line.size();
    if (std::from_chars(line.data(), end, value, 16).ptr == end) words.push_back(value);
  }
  add_status_words(board, words, name);
}

void measure_status_words(base::ByteView space, const std::string& name, MeasuredBoard& board) {
  std::vector<std::uint32_t> words;
  for (const std::uint32_t at : protocol::pci::kStatusWordsAt)
    words.push_back(little(space, at, 4));
  add_status_words(board, words, name + ", 40h and on");
}

}  // namespace

void measure_function(const Archive& archive, MeasuredBoard& board) {
  const std::string name = archive.first("pci/", "/config");
  const base::ByteView space = archive.bytes(name);
  for (const FieldRow& field : kFields) {
    if (field.at + field.size > space.size()) continue;
    const std::uint32_t value = little(space, field.at, field.size);
    if (field.at == 0x02) board.device_id = static_cast<std::uint16_t>(value);
    board.values.push_back({.key = std::string(field.key),
                            .value = fmt::format("0x{:0{}X}", value, 2 * field.size),
                            .source = fmt::format("{}, {:02X}h", name, field.at)});
  }
  // Whoever is not root reads the first 64 bytes alone.
  if (space.size() < protocol::pci::kStatusWordsAt.back() + 4)
    return measure_status_file(archive, board);
  measure_status_words(space, name, board);
}

void add_status_words(MeasuredBoard& board, std::span<const std::uint32_t> words,
                      const std::string& source) {
  for (std::size_t word = 0; word < std::min(words.size(), words_of(board)); ++word) {
    board.values.push_back({.key = std::string(kStatusKeys[word]),
                            .value = fmt::format("0x{:08X}", words[word]),
                            .source = source});
  }
  if (!words.empty())
    board.rows.push_back({"hfs", fmt::format("0x{:08X} while the board runs", words[0]), source});
}

}  // namespace scenarios::measured
