// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/json_lines.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

#include "base/lines.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/fact.h"
#include "scenarios/field/reading/later_labels.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

using Json = nlohmann::ordered_json;
using Texts = std::vector<std::string>;

constexpr std::size_t kLongest = 1 << 20;
/// No tool nests its fields so; what stands deeper is left out.
constexpr int kDeepest = 40;
constexpr std::string_view kOwnSchema = "\"schema\": \"meupdate-";

/// Whose value is what was said, and no field of it.
bool is_message(std::string_view key) {
  constexpr std::array<std::string_view, 8> kKeys = {"message", "msg", "text",   "content",
                                                     "body",    "log", "output", "stdout"};
  const std::string lower = lower_case(key);
  return std::find(kKeys.begin(), kKeys.end(), lower) != kKeys.end();
}

/// "Update Error" of "UpdateError" and of "update_error"; a tool's label stays ("VendorID").
std::string spaced(std::string_view key) {
  if (meinfo_fact(key) || later_label_of(std::string(key) + ":") != nullptr)
    return std::string(key);
  const auto small = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto large = [](char c) { return c >= 'A' && c <= 'Z'; };
  std::string words;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (i > 0 && large(key[i]) && small(key[i - 1])) words += ' ';
    words += key[i] == '_' ? ' ' : key[i];
  }
  return words;
}

std::string text_of_scalar(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? std::string() : value.dump();
}

bool says(const Json& object, const char* key, std::string_view word) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() && found->get<std::string>() == word;
}

bool is_of_the_kernel(const Json& object) {
  return object.is_object() &&
         (says(object, "SYSLOG_IDENTIFIER", "kernel") || says(object, "_TRANSPORT", "kernel"));
}

bool is_own(const Json& json) {
  const auto schema = json.is_object() ? json.find("schema") : json.end();
  return json.is_object() && schema != json.end() && schema->is_string() &&
         schema->get<std::string>().starts_with("meupdate-");
}

/// One field a line, as meupdate prints its documents.
void add_own(const Json& json, int depth, Texts& lines) {
  if (depth > kDeepest) return;
  for (const auto& [key, value] : json.items()) {
    if (value.is_structured())
      add_own(value, depth + 1, lines);
    else if (json.is_object())
      lines.push_back(Json(key).dump() + ": " + value.dump());
  }
}

void add(const Json& json, std::string_view key, const std::string& mark, int depth, Texts& lines) {
  if (depth > kDeepest) return;
  if (json.is_structured()) {
    const std::string inner = is_of_the_kernel(json) ? "kernel: " : mark;
    for (const auto& [name, value] : json.items())
      add(value, json.is_object() ? std::string_view(name) : key, inner, depth + 1, lines);
    return;
  }
  const std::string text = text_of_scalar(json);
  if (!is_message(key)) {
    lines.push_back(key.empty() ? text : spaced(key) + ": " + text);
    return;
  }
  for (const std::string& line : base::lines_of(text)) lines.push_back(mark + line);
}

std::optional<Texts> of_document(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded() || !json.is_structured() || json.empty()) return std::nullopt;
  Texts lines;
  if (is_own(json))
    add_own(json, 0, lines);
  else
    add(json, {}, {}, 0, lines);
  return lines;
}

/// "\"UpdateError\" : \"failed\"" of a document that is spread over lines.
std::optional<Texts> of_field(std::string_view text) {
  const std::string_view opened = text.ends_with('{') || text.ends_with('[')
                                      ? trimmed(text.substr(0, text.size() - 1))
                                      : std::string_view();
  const bool opens = opened.ends_with(':');
  const std::string whole = "{" + std::string(opens ? opened : text) + (opens ? " null}" : "}");
  const Json json = Json::parse(whole, nullptr, false);
  if (json.is_discarded() || json.size() != 1) return std::nullopt;
  if (opens) return Texts{};
  return of_document(whole);
}

}  // namespace

std::optional<std::vector<std::string>> JsonLines::lines_of(std::string_view raw) {
  const std::string_view stands = trimmed(raw.substr(0, kLongest));
  if (stands.empty() || raw.size() > kLongest) return std::nullopt;
  if (stands.find_first_not_of("{}[],") == stands.npos) {
    const bool own = in_own_document_;
    if (raw.front() == '}') in_own_document_ = false;
    return own ? std::nullopt : std::optional(Texts{});
  }
  std::string_view text = stands;
  if (text.ends_with(',')) text.remove_suffix(1);
  const bool whole =
      (text.front() == '{' && text.back() == '}') || (text.front() == '[' && text.back() == ']');
  if (whole) return of_document(text);
  if (text.front() != '"') return std::nullopt;
  if (stands.starts_with(kOwnSchema)) in_own_document_ = true;
  return in_own_document_ ? std::nullopt : of_field(text);
}

}  // namespace scenarios::field
