// SPDX-License-Identifier: BSD-3-Clause
// Wording: the logs in scenarios/field-reports/; of generations 6 to 11 the lines that owners'
// posts show.
#include "scenarios/field/reading/info_line.h"

#include <algorithm>

#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/later_labels.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

using protocol::tools::version_in;

Recognised info_line(std::vector<Told> told = {}) {
  return {.kind = LineKind::content, .tool = Tool::meinfo, .told = std::move(told)};
}

/// "Flash: 5.0.1 Netstack: 5.0.1" is two facts in one line.
std::optional<Recognised> as_version_pair(std::string_view line, const MeinfoLabels& labels) {
  const std::size_t first = line.find(':');
  const std::string_view label = trimmed(line.substr(0, first));
  const auto* pair = labels.find_pair(label);
  if (pair == nullptr) return std::nullopt;
  const std::size_t second = line.find(':', first + 1);
  if (second == line.npos) return std::nullopt;
  const std::string_view middle = trimmed(line.substr(first + 1, second - first - 1));
  const std::size_t gap = middle.find(' ');
  if (gap == middle.npos) return std::nullopt;
  const auto* left = labels.find(label);
  const auto* right = labels.find(trimmed(middle.substr(gap)));
  if (left == nullptr || right == nullptr) return std::nullopt;
  Recognised found = info_line({{left->fact, std::string(middle.substr(0, gap))},
                                {right->fact, std::string(trimmed(line.substr(second + 1)))}});
  found.generation = pair->generation;
  return found;
}

Recognised later_line(const LaterLabel& row, std::string_view line) {
  const std::string_view value = trimmed(line.substr(std::min(line.find(':') + 1, line.size())));
  Recognised found = info_line();
  if (row.fact != Fact::told_besides) found.told.push_back({row.fact, std::string(value)});
  found.generation = kFirstUnknownGeneration;
  const auto version = row.fact == Fact::later_version ? version_in(value)
                                                       : std::optional<protocol::FirmwareVersion>();
  if (version) found.generation = version->major;
  if (version) found.told[0].value = to_text(*version);
  if (row.fact == Fact::later_version && !version) found.told.clear();
  return found;
}

/// "Intel(R) Platform Trust Technology - PRESENT/DISABLED"
bool is_later_capability(std::string_view line) {
  return line.find(" - PRESENT") != line.npos || line.ends_with(" - NOT PRESENT");
}

std::optional<Recognised> as_later_info_line(std::string_view line) {
  if (is_later_capability(line)) {
    Recognised found = info_line();
    found.generation = kFirstUnknownGeneration;
    return found;
  }
  if (is_later_plain_line(line)) {
    Recognised found = info_line();
    found.generation = kFirstUnknownGeneration;
    return found;
  }
  const LaterLabel* row = later_label_of(line);
  if (row == nullptr) return std::nullopt;
  if (trimmed(line.substr(row->label.size())).starts_with(':')) return later_line(*row, line);
  // Generation 11 sets values apart by blanks alone.
  const bool bare = row->known_bare && line.starts_with(row->label);
  if (!bare) return std::nullopt;
  return later_line(*row, "x: " + std::string(trimmed(line.substr(row->label.size()))));
}

/// Of "Intel(R) AMT code versions:".
std::optional<std::string_view> brand_in(std::string_view line, const MeinfoLabels& labels) {
  if (!line.ends_with(':') || !begins_printed(line, "Intel(R)")) return std::nullopt;
  const std::string_view title = trimmed(line.substr(0, line.size() - 1));
  for (const std::string_view behind : labels.titles()) {
    if (title.size() < behind.size()) continue;
    const std::size_t brand = title.size() - behind.size();
    if (same_letters(title.substr(brand), behind)) return title.substr(0, brand);
  }
  return std::nullopt;
}

/// Lines without a value. Those that only one dialect has tell it.
std::optional<Recognised> as_plain_line(std::string_view line, const MeinfoLabels& labels) {
  for (const auto& row : labels.plain()) {
    if (!begins_printed(line, row.text)) continue;
    Recognised found = info_line();
    found.opens = row.opens;
    found.generation = row.generation;
    return found;
  }
  return std::nullopt;
}

/// Only the tools from generation 6 on name the ME there.
std::optional<Recognised> as_versions_title(std::string_view line, const MeinfoLabels& labels) {
  const auto brand = brand_in(line, labels);
  if (!brand) return std::nullopt;
  if (!same_letters(*brand, protocol::tools::kLaterBrand))
    return info_line({{Fact::brand, std::string(*brand)}});
  Recognised later = info_line();
  later.generation = kFirstUnknownGeneration;
  return later;
}

/// Of the dialect in which a line with this label tells `told`; 0: it does not show.
std::uint16_t dialect_of(const Told& told, const MeinfoLabels::Label& label) {
  if (label.generation != 0) return label.generation;
  const auto version = protocol::parse_firmware_version(told.value);
  const bool later = told.fact == Fact::mebx_version && version && version->major > kLastGeneration;
  return later ? version->major : 0;
}

std::optional<Recognised> as_labelled_value(std::string_view line, const MeinfoLabels& labels) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const auto* label = labels.find(trimmed(line.substr(0, colon)));
  if (label == nullptr) return std::nullopt;
  Recognised found = info_line({{label->fact, std::string(trimmed(line.substr(colon + 1)))}});
  found.generation = dialect_of(found.told[0], *label);
  return found;
}

}  // namespace

std::optional<Recognised> as_info_line(std::string_view line, const MeinfoLabels& labels) {
  if (auto found = as_later_info_line(line)) return found;
  if (auto found = as_plain_line(line, labels)) return found;
  if (auto found = as_versions_title(line, labels)) return found;
  if (labels.is_name(line)) return info_line();
  if (auto found = as_version_pair(line, labels)) return found;
  return as_labelled_value(line, labels);
}

bool begins_an_info_line(std::string_view text) {
  // Another tool's banner begins like a brand.
  if (begins_printed(text, "Intel")) return false;
  const auto& plain = known_labels().plain();
  return begins_a_label(text) ||
         std::any_of(plain.begin(), plain.end(), [&](const MeinfoLabels::Plain& row) {
           return is_beginning_of(row.text, text);
         });
}

}  // namespace scenarios::field
