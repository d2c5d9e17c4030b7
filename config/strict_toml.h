// SPDX-License-Identifier: BSD-3-Clause
// Reads TOML strictly: every value has a type and a range, and a key nobody asked for is an error
// that says where.
#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "config/toml_tree.h"

namespace config {

/// Both ends belong to it.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
};

template <class T>
inline constexpr Range kWholeOf = {.low = 0, .high = std::numeric_limits<T>::max()};
template <>
inline constexpr Range kWholeOf<std::uint64_t> = {};

/// A row of a table of names: {"power_up", ResetReason::power_up}.
template <class T>
struct Named {
  const char* name;
  T value;
};

class StrictReader;

/// One table of the document. A `read` of an absent key leaves `out` alone and returns false; of a
/// wrong value reports it, leaves `out` alone and returns false. Asking for a key, whether or not
/// it is there, makes it a known key.
class StrictTable {
 public:
  bool has(std::string_view key) const;  ///< makes it known, too

  bool read(std::string_view key, bool& out);
  bool read(std::string_view key, std::string& out);
  bool read(std::string_view key, double& out);
  bool read(std::string_view key, base::Duration& out);  ///< "250ms": ns, us, ms, s, min or h
  bool read(std::string_view key, std::vector<std::string>& out);  ///< an array of strings
  bool read(std::string_view key, std::int64_t& out, Range range);

  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) bool read(std::string_view key, T& out,
                                             Range range = kWholeOf<T>) {
    std::int64_t wide = 0;
    if (!read(key, wide, range)) return false;
    out = static_cast<T>(wide);
    return true;
  }

  /// A string that is one of `names`.
  template <class T, std::size_t N>
  bool read_named(std::string_view key, T& out, const Named<T> (&names)[N]) {
    std::vector<std::string_view> choices;
    for (const Named<T>& row : names) choices.emplace_back(row.name);
    const std::optional<std::size_t> chosen = read_choice(key, choices);
    if (!chosen) return false;
    out = names[*chosen].value;
    return true;
  }
  /// Which of `choices` the string is.
  std::optional<std::size_t> read_choice(std::string_view key,
                                         std::span<const std::string_view> choices);

  /// A string that `parse` takes. `kind` completes "x is an integer; it must be ", `form` "x is
  /// \"y\"; it must be ".
  template <class T>
  bool read_parsed(std::string_view key, T& out, std::optional<T> (*parse)(std::string_view),
                   std::string_view kind, std::string_view form) {
    const TomlNode* const node = ask(key, TomlKind::string, kind);
    if (node == nullptr) return false;
    const std::optional<T> parsed = parse(node->string);
    if (!parsed) {
      fail_form(key, node->string, form);
      return false;
    }
    out = *parsed;
    return true;
  }

  /// A string of hexadecimal digits; blanks, '-' and ':' between bytes are allowed.
  bool read_hex(std::string_view key, base::Bytes& out);
  /// The same, exactly as many bytes as `out` holds.
  bool read_hex(std::string_view key, base::MutableByteView out);

  /// A sub-table, or nothing when it is absent or not a table.
  std::optional<StrictTable> table(std::string_view key);
  /// An array of tables; empty when absent.
  std::vector<StrictTable> tables(std::string_view key);
  /// Any value at all, for the caller to judge; null when absent.
  const TomlNode* raw(std::string_view key);

  /// Keys that are there, in the order of the source. Does not make them known.
  std::vector<std::string> keys() const;

  /// Reports `key` as missing unless it is there. `what` completes "missing key "x": ".
  bool require(std::string_view key, std::string_view what);

  /// Reports an error at the value of `key` (at the table itself when the key is absent).
  void fail(std::string_view key, std::string what);

  const Place& place() const { return node_->place; }
  Place place_of(std::string_view key) const;        ///< of the value; the table's own when absent
  const std::string& path() const { return path_; }  ///< "host.windows"; empty for the document

 private:
  friend class StrictReader;
  StrictTable(StrictReader& reader, const TomlNode& node, std::string path);
  const TomlNode* ask(std::string_view key) const;
  const TomlNode* ask(std::string_view key, TomlKind wanted, std::string_view right);
  std::string path_of(std::string_view key) const;
  void fail_form(std::string_view key, std::string_view text, std::string_view form);

  StrictReader* reader_;
  const TomlNode* node_;
  std::string path_;
};

/// One reading of one document, which must outlive it. Read everything through root(), then look at
/// finish() once.
class StrictReader {
 public:
  explicit StrictReader(const TomlNode& document) : document_(document) {}
  StrictReader(const StrictReader&) = delete;
  StrictReader& operator=(const StrictReader&) = delete;

  StrictTable root() { return {*this, document_, ""}; }

  /// The error a person should repair first, "source:line:col: what is wrong; what would be right":
  /// an unknown key (in any table that was read, with the nearest known one), else a wrong value,
  /// else a missing key.
  base::Result<void> finish();

  bool failed() const { return wrong_.has_value() || missing_.has_value(); }

 private:
  friend class StrictTable;
  void report_wrong(const Place& place, std::string what);
  void report_missing(const Place& place, std::string what);
  std::optional<std::string> first_unknown() const;

  struct Seen {
    std::string path;
    std::set<std::string, std::less<>> known;
  };
  const TomlNode& document_;
  std::vector<const TomlNode*> order_;
  std::map<const TomlNode*, Seen> seen_;
  std::optional<std::string> wrong_;
  std::optional<std::string> missing_;
};

/// "250ms" as a duration: a whole number and one of ns, us, ms, s, min, h. Nothing for anything
/// else or on overflow.
std::optional<base::Duration> parse_duration(std::string_view text);
/// The reverse, in the largest unit that gives a whole number; not of negative durations.
std::string duration_text(base::Duration duration);

}  // namespace config
