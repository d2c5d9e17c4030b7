// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/profile_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <optional>
#include <type_traits>

#include "base/hex.h"
#include "base/ipv4.h"
#include "config/layers.h"
#include "config/strict_toml.h"
#include "config/toml_tree.h"
#include "emulator/machine/describe_profile.h"

namespace emulator::machine {
namespace {

std::string toml_string(std::string text) {
  config::TomlNode node;
  node.kind = config::TomlKind::string;
  node.string = std::move(text);
  return to_toml(node);
}

/// The visitor that writes each value down.
class WriteValues {
 public:
  WriteValues(std::string table, std::vector<KeyValue>& out)
      : table_(std::move(table)), out_(out) {}

  template <class T, class... Rules>
  void key(std::string_view name, T& value, const Rules&...) {
    add(name, text(value));
  }
  template <class T, std::size_t N>
  void key(std::string_view name, T& value, const Named<T> (&words)[N]) {
    for (const Named<T>& word : words) {
      if (word.value == value) return add(name, toml_string(word.name));
    }
    add(name, {});
  }
  void required(std::string_view name, protocol::FirmwareVersion& value, std::string_view) {
    add(name, text(value));
  }
  void key_or(std::string_view name, protocol::FirmwareVersion& value,
              const protocol::FirmwareVersion&, std::string_view) {
    add(name, text(value));
  }
  void bytes(std::string_view name, base::MutableByteView value) {
    add(name, toml_string(base::to_hex(value)));
  }
  void ipv4(std::string_view name, std::uint32_t& value) {
    add(name, toml_string(base::ipv4_text(value)));
  }
  template <class Complaint>
  void check(std::string_view, const Complaint&) {}
  template <class T>
  void table(std::string_view name, T&& value) {
    WriteValues inner(table_.empty() ? std::string(name) : fmt::format("{}.{}", table_, name),
                      out_);
    describe(inner, value);
  }
  template <class T>
  void required_table(std::string_view name, T&& value, std::string_view) {
    table(name, value);
  }
  void signing_key(std::string_view name, const Profile&) { add(name, {}); }
  void about(std::string_view name, std::string& value) { add(name, text(value)); }
  template <class T>
  void follows(T&) {}
  void host(HostConfig& host) {
    table_ = "host";
    add("system", text(host.system));
    table(host.system, host);
  }

 private:
  void add(std::string_view name, std::string toml) {
    out_.push_back({.table = table_, .key = std::string(name), .toml = std::move(toml)});
  }

  static std::string text(bool value) { return value ? "true" : "false"; }
  static std::string text(const std::string& value) { return toml_string(value); }
  static std::string text(base::Duration value) {
    return toml_string(config::duration_text(value));
  }
  static std::string text(const protocol::FirmwareVersion& value) {
    return toml_string(to_text(value));
  }
  static std::string text(const std::optional<std::uint8_t>& value) {
    return value ? fmt::format("{}", *value) : "";
  }
  template <std::unsigned_integral T>
  requires(!std::same_as<T, bool>) static std::string text(T value) {
    return fmt::format("{}", value);
  }

  std::string table_;
  std::vector<KeyValue>& out_;
};

/// "host.windows.lms_version" as "host.linux.lms_version".
std::string of_usual_host(std::string_view dotted_key) {
  constexpr std::string_view kHost = "host.";
  const std::size_t dot = dotted_key.rfind('.');
  if (!dotted_key.starts_with(kHost) || dot < kHost.size()) return std::string(dotted_key);
  return fmt::format("host.{}{}", HostConfig{}.system, dotted_key.substr(dot));
}

/// A table is opened once: what comes behind its sub-tables goes in front of them.
std::vector<KeyValue> by_table(std::vector<KeyValue> values) {
  std::vector<std::string> tables;
  for (const KeyValue& value : values) {
    if (std::ranges::find(tables, value.table) == tables.end()) tables.push_back(value.table);
  }
  std::ranges::stable_sort(values, {}, [&](const KeyValue& value) {
    return std::ranges::find(tables, value.table) - tables.begin();
  });
  return values;
}

}  // namespace

std::string dotted(const KeyValue& value) {
  return value.table.empty() ? value.key : fmt::format("{}.{}", value.table, value.key);
}

std::vector<KeyValue> values_of(const Profile& profile) {
  std::vector<KeyValue> out;
  Profile copy = profile;  // visitors may change what they visit; this one does not
  WriteValues values("", out);
  describe(values, copy);
  return out;
}

bool is_profile_key(std::string_view dotted_key) {
  // One of a generation that has them all.
  static const std::vector<KeyValue> keys = [] {
    Profile profile;
    profile.firmware.identity.version.major = protocol::kNewestGeneration;
    return values_of(profile);
  }();
  const std::string wanted = of_usual_host(dotted_key);
  return std::ranges::any_of(keys, [&](const KeyValue& each) { return dotted(each) == wanted; });
}

std::string profile_text(const Profile& profile) {
  std::vector<KeyValue> values = values_of(profile);
  std::erase_if(values,
                [](const KeyValue& each) { return each.toml.empty() || each.toml == "\"\""; });
  std::string text = fmt::format("schema = {}\n", config::kSchema);
  std::string table;
  for (const KeyValue& value : by_table(std::move(values))) {
    if (value.table != table) text += fmt::format("\n[{}]\n", value.table);
    table = value.table;
    text += fmt::format("{} = {}\n", value.key, value.toml);
  }
  return text;
}

}  // namespace emulator::machine
