// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/set_values.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "config/toml_tree.h"
#include "emulator/machine/secret_keys.h"
#include "os/report_file.h"
#include "os/secret_file.h"

namespace emulator::attach {
namespace {

using base::Errc;
using base::Error;
using base::Result;

constexpr std::size_t kLongestValue = 4096;

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::code_point_at(text, at);
    if (point.length == 0) return false;
    at += point.length;
  }
  return true;
}

std::string as_toml(std::string_view text) {
  config::TomlNode node;
  node.kind = config::TomlKind::string;
  node.string = text;
  return to_toml(node);
}

/// As typed; what is no TOML value is left for load_profile() to refuse.
std::string spelled(std::string_view value, const std::string& option) {
  const auto node = config::parse_value(std::string(value), option);
  return node ? to_toml(*node) : std::string(value);
}

Result<std::string> value_in(const std::string& file, std::string_view key,
                             const std::string& option) {
  const std::string name = fmt::format("the value of {}", key);
  const os::NoCoreDumps held;
  const auto line =
      os::read_secret_line(file, {.name = name.c_str(), .longest = kLongestValue}, held);
  if (!line) return line.error();
  if (!is_utf8(line->text()))
    return Error{Errc::invalid, fmt::format("reading {} from {}: it is not UTF-8", name, file)};
  return machine::is_secret(key) ? as_toml(line->text()) : spelled(line->text(), option);
}

Result<std::string> read_entry(const std::string& entry, const std::string& option) {
  const std::size_t equals = entry.find('=');
  if (equals == std::string::npos || equals == 0) {
    return Error{Errc::invalid, fmt::format("{} {}: must be KEY=VALUE, such as "
                                            "settings.enabled_update_interfaces=1, or KEY=@FILE",
                                            option, entry)};
  }
  const std::string key = entry.substr(0, equals);
  const std::string value = entry.substr(equals + 1);
  if (!value.starts_with('@')) return key + "=" + spelled(value, option);
  const auto read = value_in(value.substr(1), key, option);
  if (!read) return read.error();
  return key + "=" + *read;
}

}  // namespace

Result<std::vector<std::string>> read_set_values(const std::vector<std::string>& set,
                                                 const std::string& option) {
  std::vector<std::string> values;
  for (const std::string& entry : set) {
    auto read = read_entry(entry, option);
    if (!read) return read.error();
    values.push_back(std::move(read).value());
  }
  return values;
}

std::vector<std::string> in_one_spelling(const std::vector<std::string>& kept) {
  std::vector<std::string> entries;
  for (const std::string& entry : kept) {
    const std::size_t equals = entry.find('=');
    const bool whole = equals != std::string::npos;
    entries.push_back(
        whole ? entry.substr(0, equals + 1) + spelled(entry.substr(equals + 1), "--set") : entry);
  }
  return entries;
}

/// A file holds a line: a value with a line end in it cannot be handed on, and no secret has one.
Result<std::vector<std::string>> secrets_in_files(const std::vector<std::string>& set,
                                                  const std::string& option,
                                                  const std::string& folder) {
  std::vector<std::string> entries = set;
  for (std::string& entry : entries) {
    const std::string key = entry.substr(0, entry.find('='));
    if (!machine::is_secret(key)) continue;
    const auto read = read_entry(entry, option);
    if (!read) return read.error();
    const auto value = config::parse_value(read->substr(key.size() + 1), option);
    const std::string file = fmt::format("{}/set-{}", folder, &entry - entries.data());
    const bool text = value && !value->string.empty();
    if (!text) continue;  // a table, or what load_profile() is to refuse
    if (auto done = os::write_scratch(file, value->string + "\n"); !done) return done.error();
    entry = key + "=@" + file;
  }
  return entries;
}

}  // namespace emulator::attach
