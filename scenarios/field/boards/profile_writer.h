// SPDX-License-Identifier: BSD-3-Clause
// Collects a profile's values one by one, each with how it is known.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/field/boards/fact_source.h"
#include "scenarios/field/boards/profile_value.h"

namespace scenarios::field {

/// A line's value as TOML; nothing when it cannot be one.
using Conversion = std::function<std::optional<std::string>(const std::string& value)>;

class ProfileWriter {
 public:
  explicit ProfileWriter(const FactSource& source) : source_(source) {}

  /// The following values belong to this table.
  void table(std::string name) { table_ = std::move(name); }

  void assume(const std::string& key, std::string toml, std::string why);
  void derive(const std::string& key, std::string toml, const Observation& from, std::string how);
  void observe(const std::string& key, std::string toml, const Observation& from);

  /// What the logs tell of `fact`, converted; false when none tells it or it cannot be converted.
  /// The latter is said of the value that is then assumed or derived for the same key.
  bool tell(const std::string& key, Fact fact, const Conversion& convert);
  /// The same for one of the fact's words (value_words.h).
  bool tell(const std::string& key, Fact fact);
  /// The same, and `otherwise` when they do not.
  void tell_or_assume(const std::string& key, Fact fact, const Conversion& convert,
                      std::string otherwise, std::string why);
  void tell_or_assume(const std::string& key, Fact fact, std::string otherwise, std::string why);
  /// Says of the value that comes next for `key` why no board of ours can have what a log tells.
  void refuse(const std::string& key, const Observation& seen, const std::string& why = {});

  const FactSource& source() const { return source_; }
  std::vector<ProfileValue> take() { return std::move(values_); }

 private:
  void add(const std::string& key, ProfileValue value);

  const FactSource& source_;
  std::string table_;
  std::string refused_key_;  ///< the last one for which a log has a value that no board can have
  std::string refused_;      ///< its line's words and place
  std::vector<ProfileValue> values_;
};

// Conversions.
std::optional<std::string> as_string(const std::string& value);
std::optional<std::string> as_number(const std::string& value);  ///< decimal, 32 bits
std::optional<std::string> as_hex_number(const std::string& value);
std::optional<std::string> as_version(const std::string& value);  ///< four parts
std::optional<std::string> as_address(const std::string& value);  ///< six bytes

}  // namespace scenarios::field
