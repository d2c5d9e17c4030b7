// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/profile_writer.h"

#include <fmt/format.h>

#include <charconv>

#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

std::optional<std::uint32_t> number_of(std::string_view text, int base) {
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size())
    return {};
  return number;
}

std::string fact_words(const Observation& seen) {
  return fmt::format("{} \"{}\"", name(seen.fact), seen.value);
}

}  // namespace

const char* name(Provenance provenance) {
  switch (provenance) {
    case Provenance::observed:
      return "observed";
    case Provenance::derived:
      return "derived";
    case Provenance::assumed:
      return "assumed";
  }
  return "unknown";
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

void ProfileWriter::add(const std::string& key, ProfileValue value) {
  value.table = table_;
  value.key = key;
  if (refused_key_ == table_ + "." + key) {
    value.not_taken = refused_;
    value.note += "; not taken: " + refused_;
  }
  values_.push_back(std::move(value));
}

void ProfileWriter::assume(const std::string& key, std::string toml, std::string why) {
  add(key, {.toml = std::move(toml), .provenance = Provenance::assumed, .note = std::move(why)});
}

void ProfileWriter::derive(const std::string& key, std::string toml, const Observation& from,
                           std::string how) {
  add(key, {.toml = std::move(toml),
            .provenance = Provenance::derived,
            .place = place_of(from.line),
            .note = std::move(how)});
}

void ProfileWriter::observe(const std::string& key, std::string toml, const Observation& from) {
  add(key, {.toml = std::move(toml),
            .provenance = Provenance::observed,
            .place = place_of(from.line),
            .note = fact_words(from)});
}

void ProfileWriter::refuse(const std::string& key, const Observation& seen,
                           const std::string& why) {
  refused_key_ = table_ + "." + key;
  refused_ = fmt::format("{} at {}{}", fact_words(seen), place_of(seen.line), why);
}

bool ProfileWriter::tell(const std::string& key, Fact fact, const Conversion& convert) {
  const FactSource::Found found = source_.find(fact);
  if (found.seen == nullptr) return false;
  auto toml = convert(found.seen->value);
  if (!toml) {
    refuse(key, *found.seen);
    return false;
  }
  if (found.provenance == Provenance::observed) {
    observe(key, std::move(*toml), *found.seen);
  } else {
    derive(key, std::move(*toml), *found.seen,
           fact_words(*found.seen) + " in another state of this board");
  }
  return true;
}

bool ProfileWriter::tell(const std::string& key, Fact fact) {
  return tell(key, fact, [fact](const std::string& value) { return toml_of(fact, value); });
}

void ProfileWriter::tell_or_assume(const std::string& key, Fact fact, const Conversion& convert,
                                   std::string otherwise, std::string why) {
  if (!tell(key, fact, convert)) assume(key, std::move(otherwise), std::move(why));
}

void ProfileWriter::tell_or_assume(const std::string& key, Fact fact, std::string otherwise,
                                   std::string why) {
  if (!tell(key, fact)) assume(key, std::move(otherwise), std::move(why));
}

std::optional<std::string> as_string(const std::string& value) {
  if (value.empty()) return std::nullopt;
  return quoted(value);
}

std::optional<std::string> as_number(const std::string& value) {
  const auto number = number_of(value, 10);
  if (!number) return std::nullopt;
  return std::to_string(*number);
}

std::optional<std::string> as_hex_number(const std::string& value) {
  std::string_view digits = value;
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  const auto number = number_of(digits, 16);
  if (!number) return std::nullopt;
  return fmt::format("0x{:X}", *number);
}

std::optional<std::string> as_version(const std::string& value) {
  if (!protocol::parse_firmware_version(value)) return std::nullopt;
  return quoted(value);
}

std::optional<std::string> as_address(const std::string& value) {
  if (is_masked_address(value)) return std::nullopt;
  return quoted(respelled(value));
}

}  // namespace scenarios::field
