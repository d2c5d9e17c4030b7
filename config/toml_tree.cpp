// SPDX-License-Identifier: BSD-3-Clause
#include "config/toml_tree.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <functional>
#include <map>

#include "config/toml_depth.h"

namespace config {
namespace {

Place place_of(const toml::source_region& region, const std::string& source) {
  return {.source = source, .line = region.begin.line, .column = region.begin.column};
}

TomlKind kind_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::boolean:
      return TomlKind::boolean;
    case toml::node_type::integer:
      return TomlKind::integer;
    case toml::node_type::floating_point:
      return TomlKind::real;
    case toml::node_type::string:
      return TomlKind::string;
    case toml::node_type::array:
      return TomlKind::array;
    case toml::node_type::table:
      return TomlKind::table;
    default:
      return TomlKind::date;
  }
}

/// toml++ keeps a table sorted by key; people wrote it in another order.
void restore_source_order(std::vector<TomlEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), [](const TomlEntry& a, const TomlEntry& b) {
    return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
  });
}

TomlNode convert(const toml::node& node, const std::string& source) {
  TomlNode out;
  out.kind = kind_of(node);
  out.place = place_of(node.source(), source);
  if (const auto* v = node.as_boolean()) out.boolean = v->get();
  if (const auto* v = node.as_integer()) out.integer = v->get();
  if (const auto* v = node.as_floating_point()) out.real = v->get();
  if (const auto* v = node.as_string()) out.string = v->get();
  if (const auto* v = node.as_array()) {
    for (const toml::node& element : *v) out.array.push_back(convert(element, source));
  }
  if (const auto* v = node.as_table()) {
    for (const auto& [key, value] : *v) {
      out.table.push_back({.key = std::string(key.str()),
                           .place = place_of(key.source(), source),
                           .value = convert(value, source)});
    }
    restore_source_order(out.table);
  }
  return out;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-' ||
           c == ':';
  });
}

void forget_lines(TomlNode& node, const std::string& source) {
  node.place = {.source = source};
  for (TomlNode& element : node.array) forget_lines(element, source);
  for (TomlEntry& entry : node.table) {
    entry.place = {.source = source};
    forget_lines(entry.value, source);
  }
}

std::string quoted_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  return out + "\"";
}

/// Shortest text that reads back as the same number, and as a real one: 2 becomes 2.0.
std::string real_text(double value) {
  const std::string text = fmt::format("{}", value);
  return text.find_first_not_of("-0123456789") == std::string::npos ? text + ".0" : text;
}

/// What a person can do about an error of the parser that does not say so itself.
std::string_view remedy(std::string_view error, std::string_view text) {
  if (error.find("utf-8") != error.npos) {
    const bool is_utf_16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    return is_utf_16 ? "; the file is in UTF-16: save it as UTF-8" : "; save the file as UTF-8";
  }
  if (error.find("unescaped control characters") != error.npos)
    return "; is a quotation mark missing at the end of the line?";
  return "";
}

}  // namespace

std::string to_text(const Place& place) {
  if (place.line == 0) return place.source;
  return fmt::format("{}:{}:{}", place.source, place.line, place.column);
}

std::string path_beside(const Place& place, const std::string& path) {
  return (std::filesystem::path(place.source).parent_path() / path).lexically_normal().string();
}

const char* name(TomlKind kind) {
  switch (kind) {
    case TomlKind::boolean:
      return "true or false";
    case TomlKind::integer:
      return "an integer";
    case TomlKind::real:
      return "a number with a fraction";
    case TomlKind::string:
      return "a string";
    case TomlKind::array:
      return "an array";
    case TomlKind::table:
      return "a table";
    case TomlKind::date:
      return "a date or time";
  }
  return "unknown";
}

const TomlNode* TomlNode::find(std::string_view key) const {
  for (const TomlEntry& entry : table) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

TomlNode* TomlNode::find(std::string_view key) {
  return const_cast<TomlNode*>(static_cast<const TomlNode*>(this)->find(key));
}

base::Result<TomlNode> parse_toml(std::string_view text, const std::string& source) {
  if (const auto place = too_deep(text)) {
    const std::string where = to_text({source, place->line, place->column});
    return base::Error{base::Errc::invalid,
                       fmt::format("{}: keys, tables and arrays nest deeper than {} levels here",
                                   where, kDeepestToml)};
  }
  try {
    return convert(toml::parse(text), source);
  } catch (const toml::parse_error& error) {
    const std::string where = to_text(place_of(error.source(), source));
    return base::Error{base::Errc::invalid, fmt::format("{}: {}{}", where, error.description(),
                                                        remedy(error.description(), text))};
  }
}

base::Result<TomlNode> parse_value(const std::string& value, const std::string& source) {
  const base::Result<TomlNode> document = parse_toml("value = " + value, source);
  const bool one_value = document && document.value().table.size() == 1;
  if (!one_value && !is_word(value))
    return base::Error{base::Errc::invalid, source + ": it is not a TOML value"};
  TomlNode node;
  if (one_value) {
    node = document.value().table.front().value;
  } else {
    node.kind = TomlKind::string;
    node.string = value;
  }
  forget_lines(node, source);
  return node;
}

std::optional<TomlNode> take(TomlNode& table, std::string_view key) {
  std::optional<TomlNode> taken;
  if (TomlNode* const found = table.find(key)) taken = std::move(*found);
  std::erase_if(table.table, [&](const TomlEntry& entry) { return entry.key == key; });
  return taken;
}

TomlNode merge(TomlNode under, const TomlNode& over) {
  if (under.kind != TomlKind::table || over.kind != TomlKind::table) return over;
  std::map<std::string, std::size_t, std::less<>> places;
  for (const TomlEntry& entry : under.table) places.emplace(entry.key, places.size());
  for (const TomlEntry& entry : over.table) {
    const auto place = places.find(entry.key);
    if (place == places.end()) {
      under.table.push_back(entry);
    } else {
      TomlNode& value = under.table[place->second].value;
      value = merge(std::move(value), entry.value);
    }
  }
  under.place = over.place;
  return under;
}

base::Result<void> set_key(TomlNode& root, std::string_view dotted_key, const std::string& value,
                           const std::string& source) {
  const base::Result<TomlNode> parsed = parse_value(value, source);
  // Without the value, which may be a secret.
  if (!parsed) {
    return base::Error{base::Errc::invalid,
                       fmt::format("{}: the value of {} is not a TOML value; text of more than a "
                                   "word stands in quotes: {}='\"two words\"'",
                                   source, dotted_key, dotted_key)};
  }
  const auto dots = static_cast<std::size_t>(std::count(dotted_key.begin(), dotted_key.end(), '.'));
  if (dots >= kDeepestToml) {
    return base::Error{base::Errc::invalid,
                       fmt::format("{}: \"{}...\" has more than {} parts", source,
                                   dotted_key.substr(0, 40), kDeepestToml)};
  }
  TomlNode change = parsed.value();
  for (std::string_view rest = dotted_key; !rest.empty();) {
    const std::size_t dot = rest.rfind('.');
    const std::string_view key = dot == std::string_view::npos ? rest : rest.substr(dot + 1);
    if (!is_word(key)) {
      return base::Error{base::Errc::invalid,
                         fmt::format("{}: \"{}\" is not a key", source, dotted_key)};
    }
    TomlNode outer;
    outer.place = {.source = source};
    outer.table.push_back(
        {.key = std::string(key), .place = {.source = source}, .value = std::move(change)});
    change = std::move(outer);
    rest = dot == std::string_view::npos ? std::string_view{} : rest.substr(0, dot);
  }
  root = merge(std::move(root), change);
  return {};
}

std::string to_toml(const TomlNode& node) {
  std::string out;
  switch (node.kind) {
    case TomlKind::boolean:
      return node.boolean ? "true" : "false";
    case TomlKind::integer:
      return fmt::format("{}", node.integer);
    case TomlKind::real:
      return real_text(node.real);
    case TomlKind::string:
      return quoted_text(node.string);
    case TomlKind::date:
      return "\"\"";
    case TomlKind::array:
      for (const TomlNode& element : node.array)
        out += (out.empty() ? "" : ", ") + to_toml(element);
      return "[" + out + "]";
    case TomlKind::table:
      for (const TomlEntry& entry : node.table) {
        out += (out.empty() ? "" : ", ") + quoted_text(entry.key) + " = " + to_toml(entry.value);
      }
      return "{" + out + "}";
  }
  return out;
}

}  // namespace config
