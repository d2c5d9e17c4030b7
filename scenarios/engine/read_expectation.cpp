// SPDX-License-Identifier: BSD-3-Clause
// [step.expect] tables.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "emulator/heci/bad_input.h"
#include "emulator/machine/facts.h"
#include "emulator/sim/fault_plan.h"
#include "os/read_file.h"
#include "scenarios/engine/line_pattern.h"
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

using config::TomlKind;
using config::TomlNode;
using emulator::machine::BoardFact;

void read_patterns(StrictTable& table, std::string_view key, std::vector<std::string>& out) {
  table.read(key, out);
  for (const std::string& pattern : out) {
    if (!LinePattern::compile(pattern))
      table.fail(key, fmt::format("\"{}\" is not a regular expression", pattern));
  }
}

constexpr std::size_t kMostMebibytes = 4;  ///< of a log

base::Result<std::vector<std::string>> lines_of_file(const std::string& path) {
  const auto bytes = os::read_file(path, kMostMebibytes);
  if (!bytes) return bytes.error();
  std::istringstream in(std::string(bytes->begin(), bytes->end()));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

/// Leaves out the lines that a pattern finds. A pattern that finds none is a mistake: it
/// hides nothing.
void leave_out(StrictTable& table, const std::vector<std::string>& patterns,
               std::vector<std::string>& lines) {
  for (const std::string& pattern : patterns) {
    const auto compiled = LinePattern::compile(pattern);
    if (!compiled) continue;  // reported already
    const std::size_t gone =
        std::erase_if(lines, [&](const std::string& line) { return compiled->finds(line); });
    if (gone == 0) table.fail("except", fmt::format("\"{}\" leaves out no line", pattern));
  }
}

/// { file = "log.txt", from_line = 4, to_line = 21, except = ["^TPM"] }
ExpectedLines read_file_block(StrictTable& table) {
  std::string file;
  std::uint64_t from = 1;
  std::uint64_t to = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::string> except;
  if (table.require("file", "the file that holds the lines")) table.read("file", file);
  table.read("from_line", from, {.low = 1});
  const bool ends = table.read("to_line", to, {.low = 1});
  read_patterns(table, "except", except);
  const auto all = lines_of_file(path_beside(table.place_of("file"), file));
  if (!all) {
    table.fail("file", all.error().doing);
    return {};
  }
  if (from > all->size() || (ends && (to < from || to > all->size()))) {
    table.fail(ends ? "to_line" : "from_line", fmt::format("the file has {} lines", all->size()));
    return {};
  }
  to = std::min<std::uint64_t>(to, all->size());
  ExpectedLines block{.lines = {all->begin() + static_cast<std::ptrdiff_t>(from - 1),
                                all->begin() + static_cast<std::ptrdiff_t>(to)},
                      .source = fmt::format("{} lines {}-{}", file, from, to)};
  leave_out(table, except, block.lines);
  return block;
}

void read_equals(StrictTable& table, const std::string& key, TextExpectation& out) {
  const TomlNode* node = table.raw(key);
  if (node == nullptr) return;
  out.equals.emplace();
  if (node->kind == TomlKind::table) {
    auto block = table.table(key);
    out.equals = read_file_block(*block);
  } else {
    table.read(key, out.equals->lines);
  }
}

TextExpectation read_text(StrictTable& table, const std::string& stream) {
  TextExpectation out;
  read_equals(table, stream + "_equals", out);
  table.read(stream + "_contains", out.contains);
  table.read(stream + "_lacks", out.lacks);
  read_patterns(table, stream + "_matches", out.matches);
  return out;
}

bool is_whole_number_pair(const TomlNode& node) {
  return node.kind == TomlKind::array && node.array.size() == 2 &&
         std::all_of(node.array.begin(), node.array.end(),
                     [](const TomlNode& item) { return item.kind == TomlKind::integer; });
}

/// "5.2.70.1046", 8704, true, or [1, 4] for any number from 1 to 4.
std::optional<FactExpectation> read_fact(StrictTable& table, std::string_view name) {
  const TomlNode* node = table.raw(name);
  if (node == nullptr) return std::nullopt;
  FactExpectation fact{.name = std::string(name), .low = {}, .high = {}, .place = node->place};
  switch (node->kind) {
    case TomlKind::string:
      fact.low = node->string;
      return fact;
    case TomlKind::integer:
      fact.low = std::to_string(node->integer);
      return fact;
    case TomlKind::boolean:
      fact.low = node->boolean ? "true" : "false";
      return fact;
    default:
      break;
  }
  if (!is_whole_number_pair(*node)) {
    table.fail(name, fmt::format("{} must be a string, a number, true, false, or [lowest, highest]",
                                 name));
    return std::nullopt;
  }
  fact.low = std::to_string(node->array[0].integer);
  fact.high = std::to_string(node->array[1].integer);
  return fact;
}

void add_fact(StrictTable& table, std::string_view name, std::vector<FactExpectation>& out) {
  if (auto fact = read_fact(table, name)) out.push_back(std::move(*fact));
}

std::vector<FactExpectation> read_reached(StrictTable& table) {
  std::vector<FactExpectation> out;
  for (std::size_t i = 0; i < emulator::sim::kFaultPointCount; ++i) {
    add_fact(table, name(static_cast<emulator::sim::FaultPoint>(i)), out);
  }
  return out;
}

std::vector<FactExpectation> read_counted(StrictTable& table) {
  std::vector<FactExpectation> out;
  for (const emulator::heci::BadInputRow& row : emulator::heci::kBadInputRules)
    add_fact(table, row.name, out);
  add_fact(table, emulator::machine::kAnyRule, out);
  return out;
}

std::optional<DurationRange> read_took(StrictTable& table) {
  std::vector<std::string> ends;
  if (!table.read("took", ends)) return std::nullopt;
  if (ends.size() == 2) {
    const auto low = config::parse_duration(ends[0]);
    const auto high = config::parse_duration(ends[1]);
    if (low && high && *low <= *high) return DurationRange{.low = *low, .high = *high};
  }
  table.fail("took", "took must be the shortest and the longest time, such as [\"30s\", \"4min\"]");
  return std::nullopt;
}

/// An expectation that no machine can meet is a mistake of the story's.
bool can_be(const BoardFact& fact, const FactExpectation& expected, StrictTable& table) {
  const auto& words = fact.words;
  if (words.empty() || std::find(words.begin(), words.end(), expected.low) != words.end())
    return true;
  table.fail(fact.name, fmt::format("{} is never {}; it is one of {}", fact.name, expected.low,
                                    fmt::join(words, ", ")));
  return false;
}

}  // namespace

std::vector<FactExpectation> read_device_facts(StrictTable& table) {
  std::vector<FactExpectation> out;
  for (const BoardFact& fact : emulator::machine::facts()) {
    auto expected = read_fact(table, fact.name);
    if (!expected || !can_be(fact, *expected, table)) continue;
    out.push_back(std::move(*expected));
  }
  return out;
}

Expectation read_expectation(StrictTable& table) {
  Expectation out{.place = table.place()};
  std::int64_t exit = 0;
  if (table.read("exit", exit, {.low = 0, .high = 255})) out.exit = exit;
  out.out = read_text(table, "stdout");
  out.err = read_text(table, "stderr");
  if (auto device = table.table("device")) out.device = read_device_facts(*device);
  if (auto reached = table.table("reached")) out.reached = read_reached(*reached);
  if (auto counted = table.table("counted")) out.counted = read_counted(*counted);
  bool changed = false;
  if (table.read("flash_changed", changed)) out.flash_changed = changed;
  out.took = read_took(table);
  return out;
}

}  // namespace scenarios::engine
