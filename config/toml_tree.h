// SPDX-License-Identifier: BSD-3-Clause
// A TOML 1.0 document as a plain tree that remembers where everything stood, whichever files it was
// merged from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace config {

/// Where something stands in a source, for messages. Line and column count from 1; 0 where the
/// source has none ("--set").
struct Place {
  std::string source;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  auto operator<=>(const Place&) const = default;
};
/// "machine.toml:12:3", or the bare source.
std::string to_text(const Place& place);

/// A path as a file writes it: relative to the file that `place` is in.
std::string path_beside(const Place& place, const std::string& path);

enum class TomlKind : std::uint8_t { boolean, integer, real, string, array, table, date };
/// As a person would say it: "a string", "an integer".
const char* name(TomlKind kind);

struct TomlEntry;

/// One value. Only the member that `kind` names means anything; dates keep their kind alone,
/// nothing here uses them.
struct TomlNode {
  TomlKind kind = TomlKind::table;
  Place place;
  bool boolean = false;
  std::int64_t integer = 0;
  double real = 0;
  std::string string;
  std::vector<TomlNode> array;
  std::vector<TomlEntry> table;  ///< in the order of the source

  const TomlNode* find(std::string_view key) const;
  TomlNode* find(std::string_view key);
};

struct TomlEntry {
  std::string key;
  Place place;  ///< of the key; the value has its own
  TomlNode value;
};

/// Errors: invalid, "source:line:col: why"; so is a text that nests deeper than kDeepestToml.
base::Result<TomlNode> parse_toml(std::string_view text, const std::string& source);

/// What set_key() takes `value` for. Errors: invalid, "source: why", without the value.
base::Result<TomlNode> parse_value(const std::string& value, const std::string& source);

/// What `table` has under `key`, which it then has no more.
std::optional<TomlNode> take(TomlNode& table, std::string_view key);

/// Lays `over` on top of `under`: tables merge key by key, every other value replaces.
TomlNode merge(TomlNode under, const TomlNode& over);

/// Sets "a.b.c" in `root`, making tables on the way. `value` is TOML; a single word that is not
/// ("5.2.70.1046", "250ms", "windows") counts as a string, so that a shell needs no quotes. Errors:
/// invalid, "source: why", without the value.
base::Result<void> set_key(TomlNode& root, std::string_view dotted_key, const std::string& value,
                           const std::string& source);

/// `node` as TOML text on one line: what parse_toml() reads back as the same value.
std::string to_toml(const TomlNode& node);

}  // namespace config
