// SPDX-License-Identifier: BSD-3-Clause
#include "config/strict_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/hex.h"
#include "base/nearest.h"

namespace config {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};
constexpr Unit kUnits[] = {
    {.name = "ns", .nanoseconds = 1},
    {.name = "us", .nanoseconds = 1'000},
    {.name = "ms", .nanoseconds = 1'000'000},
    {.name = "s", .nanoseconds = 1'000'000'000},
    {.name = "min", .nanoseconds = 60'000'000'000},
    {.name = "h", .nanoseconds = 3'600'000'000'000},
};

constexpr base::Duration kLongestDuration = std::chrono::hours(10'000);

std::string listed(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words)
    text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", word);
  return text;
}

std::optional<base::Bytes> parse_hex(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '-' || c == ':'; }, ' ');
  return base::from_hex(text);
}

}  // namespace

std::optional<base::Duration> parse_duration(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || number < 0) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(end - rest));
  for (const Unit& u : kUnits) {
    if (u.name != unit) continue;
    if (number > kLongestDuration / base::Duration(u.nanoseconds)) return std::nullopt;
    return base::Duration(number * u.nanoseconds);
  }
  return std::nullopt;
}

std::string duration_text(base::Duration duration) {
  const Unit* largest = &kUnits[0];
  for (const Unit& unit : kUnits) {
    if (duration.count() % unit.nanoseconds == 0) largest = &unit;
  }
  return fmt::format("{}{}", duration.count() / largest->nanoseconds, largest->name);
}

StrictTable::StrictTable(StrictReader& reader, const TomlNode& node, std::string path)
    : reader_(&reader), node_(&node), path_(std::move(path)) {
  if (!reader.seen_.contains(&node)) reader.order_.push_back(&node);
  reader.seen_[&node].path = path_;
}

std::string StrictTable::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

const TomlNode* StrictTable::ask(std::string_view key) const {
  reader_->seen_[node_].known.emplace(key);
  return node_->find(key);
}

const TomlNode* StrictTable::ask(std::string_view key, TomlKind wanted, std::string_view right) {
  const TomlNode* node = ask(key);
  if (node == nullptr || node->kind == wanted) return node;
  fail(key, fmt::format("{} is {}; it must be {}", path_of(key), name(node->kind), right));
  return nullptr;
}

bool StrictTable::has(std::string_view key) const {
  return ask(key) != nullptr;
}

bool StrictTable::read(std::string_view key, bool& out) {
  const TomlNode* node = ask(key, TomlKind::boolean, "true or false");
  if (node == nullptr) return false;
  out = node->boolean;
  return true;
}

bool StrictTable::read(std::string_view key, std::string& out) {
  const TomlNode* node = ask(key, TomlKind::string, "a string");
  if (node == nullptr) return false;
  out = node->string;
  return true;
}

bool StrictTable::read(std::string_view key, double& out) {
  const TomlNode* node = ask(key);
  if (node != nullptr && node->kind == TomlKind::integer) {
    out = static_cast<double>(node->integer);
    return true;
  }
  node = ask(key, TomlKind::real, "a number");
  if (node == nullptr) return false;
  out = node->real;
  return true;
}

bool StrictTable::read(std::string_view key, base::Duration& out) {
  return read_parsed(
      key, out, &parse_duration, "a duration in quotes, such as \"250ms\"",
      "a whole number and a unit (ns, us, ms, s, min, h), such as \"250ms\", at most "
      "10000h");
}

bool StrictTable::read(std::string_view key, std::vector<std::string>& out) {
  const TomlNode* node = ask(key, TomlKind::array, "an array of strings");
  if (node == nullptr) return false;
  std::vector<std::string> strings;
  for (const TomlNode& element : node->array) {
    if (element.kind != TomlKind::string) {
      reader_->report_wrong(element.place,
                            fmt::format("{} holds {}; every element must be a string", path_of(key),
                                        name(element.kind)));
      return false;
    }
    strings.push_back(element.string);
  }
  out = std::move(strings);
  return true;
}

bool StrictTable::read(std::string_view key, std::int64_t& out, Range range) {
  const TomlNode* node = ask(key, TomlKind::integer, "an integer");
  if (node == nullptr) return false;
  if (node->integer >= range.low && node->integer <= range.high) {
    out = node->integer;
    return true;
  }
  fail(key, fmt::format("{} is {}; it must be {} to {}", path_of(key), node->integer, range.low,
                        range.high));
  return false;
}

std::optional<std::size_t> StrictTable::read_choice(std::string_view key,
                                                    std::span<const std::string_view> choices) {
  const TomlNode* node = ask(key, TomlKind::string, fmt::format("one of {}", listed(choices)));
  if (node == nullptr) return std::nullopt;
  const auto at = std::find(choices.begin(), choices.end(), node->string);
  if (at != choices.end()) return static_cast<std::size_t>(at - choices.begin());
  fail(key, fmt::format("{} is \"{}\"; it must be one of {}", path_of(key), node->string,
                        listed(choices)));
  return std::nullopt;
}

bool StrictTable::read_hex(std::string_view key, base::Bytes& out) {
  const TomlNode* node = ask(key, TomlKind::string, "bytes as hexadecimal digits in quotes");
  if (node == nullptr) return false;
  const auto parsed = parse_hex(node->string);
  if (parsed) {
    out = *parsed;
    return true;
  }
  fail(key, fmt::format("{} is \"{}\"; it must be bytes as hexadecimal digits", path_of(key),
                        node->string));
  return false;
}

bool StrictTable::read_hex(std::string_view key, base::MutableByteView out) {
  base::Bytes bytes;
  if (!read_hex(key, bytes)) return false;
  if (bytes.size() == out.size()) {
    std::copy(bytes.begin(), bytes.end(), out.begin());
    return true;
  }
  fail(key,
       fmt::format("{} holds {} bytes; it must hold {}", path_of(key), bytes.size(), out.size()));
  return false;
}

std::optional<StrictTable> StrictTable::table(std::string_view key) {
  const TomlNode* node = ask(key, TomlKind::table, "a table");
  if (node == nullptr) return std::nullopt;
  return StrictTable(*reader_, *node, path_of(key));
}

std::vector<StrictTable> StrictTable::tables(std::string_view key) {
  const TomlNode* node = ask(key, TomlKind::array, "an array of tables");
  if (node == nullptr) return {};
  std::vector<StrictTable> out;
  for (std::size_t i = 0; i < node->array.size(); ++i) {
    const TomlNode& element = node->array[i];
    if (element.kind != TomlKind::table) {
      reader_->report_wrong(element.place, fmt::format("{} holds {}; every element must be a table",
                                                       path_of(key), name(element.kind)));
      return {};
    }
    out.push_back(StrictTable(*reader_, element, fmt::format("{}[{}]", path_of(key), i)));
  }
  return out;
}

const TomlNode* StrictTable::raw(std::string_view key) {
  return ask(key);
}

std::vector<std::string> StrictTable::keys() const {
  std::vector<std::string> out;
  for (const TomlEntry& entry : node_->table) out.push_back(entry.key);
  return out;
}

bool StrictTable::require(std::string_view key, std::string_view what) {
  if (ask(key) != nullptr) return true;
  reader_->report_missing(node_->place, fmt::format("missing key \"{}\": {}", path_of(key), what));
  return false;
}

void StrictTable::fail_form(std::string_view key, std::string_view text, std::string_view form) {
  fail(key, fmt::format("{} is \"{}\"; it must be {}", path_of(key), text, form));
}

void StrictTable::fail(std::string_view key, std::string what) {
  reader_->report_wrong(place_of(key), std::move(what));
}

Place StrictTable::place_of(std::string_view key) const {
  const TomlNode* node = node_->find(key);
  return node == nullptr ? node_->place : node->place;
}

void StrictReader::report_wrong(const Place& place, std::string what) {
  if (!wrong_) wrong_ = to_text(place) + ": " + what;
}

void StrictReader::report_missing(const Place& place, std::string what) {
  if (!missing_) missing_ = to_text(place) + ": " + what;
}

std::optional<std::string> StrictReader::first_unknown() const {
  for (const TomlNode* node : order_) {
    const Seen& seen = seen_.at(node);
    const std::vector<std::string> known(seen.known.begin(), seen.known.end());
    for (const TomlEntry& entry : node->table) {
      if (seen.known.contains(entry.key)) continue;
      const std::string guess = base::nearest(entry.key, known);
      const std::string where = seen.path.empty() ? "" : fmt::format(" in [{}]", seen.path);
      return fmt::format("{}: unknown key \"{}\"{}{}", to_text(entry.place), entry.key, where,
                         guess.empty() ? "" : fmt::format("; did you mean \"{}\"?", guess));
    }
  }
  return std::nullopt;
}

base::Result<void> StrictReader::finish() {
  for (const std::optional<std::string>& found : {first_unknown(), wrong_, missing_}) {
    if (found) return base::Error{base::Errc::invalid, *found};
  }
  return {};
}

}  // namespace config
