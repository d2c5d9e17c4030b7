// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/substitute.h"

#include <fmt/format.h>

#include <string_view>

#include "config/wrong_at.h"
#include "scenarios/engine/placeholder.h"

namespace scenarios::engine {
namespace {

/// A slip of the pen must not take all memory.
constexpr std::size_t kMostCombinations = 10'000;

using config::TomlEntry;
using config::TomlKind;
using config::TomlNode;

/// A value as it stands inside a longer string, or in a story's id.
std::string plain_text(const TomlNode& node) {
  return node.kind == TomlKind::string ? node.string : to_toml(node);
}

std::string label_of(const TomlNode& node, std::size_t index) {
  if (node.kind != TomlKind::table) return plain_text(node);
  const TomlNode* name = node.find("name");
  return name == nullptr ? std::to_string(index + 1) : plain_text(*name);
}

/// `so_far` continued with every value of one more axis.
std::vector<Combination> multiplied(const std::vector<Combination>& so_far, const TomlEntry& axis) {
  std::vector<Combination> out;
  for (const Combination& combination : so_far) {
    for (std::size_t i = 0; i < axis.value.array.size(); ++i) {
      Combination longer = combination;
      longer.values.emplace_back(axis.key, axis.value.array[i]);
      longer.suffix += fmt::format("{}{}={}", longer.suffix.empty() ? "" : ",", axis.key,
                                   label_of(axis.value.array[i], i));
      out.push_back(std::move(longer));
    }
  }
  return out;
}

/// The value that "axis" or "axis.member" names; null where there is none.
const TomlNode* look_up(std::string_view name, const Combination& combination) {
  const std::size_t dot = name.find('.');
  for (const auto& [axis, value] : combination.values) {
    if (axis != name.substr(0, dot)) continue;
    return dot == std::string_view::npos ? &value : value.find(name.substr(dot + 1));
  }
  return nullptr;
}

bool left_for_the_run(std::string_view name) {
  return name.starts_with("image:") || name.starts_with("file:") || name == "scratch" ||
         name == "device";
}

/// Keeps its own place: messages point at where the value is used.
void take_value(TomlNode& node, const TomlNode& value) {
  const config::Place place = node.place;
  node = value;
  node.place = place;
}

std::string names_nothing(std::string_view name) {
  return fmt::format("\"${{{}}}\" names nothing in [matrix]; \"$${{\" is \"${{\" as text", name);
}

/// What becomes of "$${".
enum class Escapes : std::uint8_t { undone, left_for_the_run };

base::Result<void> substitute_text(TomlNode& node, const Combination& combination,
                                   Escapes escapes) {
  const std::string text = node.string;
  const std::vector<Piece> pieces = pieces_of(text);
  std::string out;
  for (const Piece& piece : pieces) {
    switch (piece.kind) {
      case Piece::Kind::text:
        out += piece.text;
        break;
      case Piece::Kind::escape:
        out += escapes == Escapes::undone ? kDollarBrace : piece.text;
        break;
      case Piece::Kind::unfinished:
        return wrong_at(node.place, "\"${\" without \"}\"; \"$${\" is \"${\" as text");
      case Piece::Kind::name:
        if (left_for_the_run(piece.text)) {
          out += fmt::format("${{{}}}", piece.text);
          break;
        }
        const TomlNode* value = look_up(piece.text, combination);
        if (value == nullptr) return wrong_at(node.place, names_nothing(piece.text));
        if (pieces.size() == 1) {
          take_value(node, *value);
          return {};
        }
        out += plain_text(*value);
        break;
    }
  }
  node.string = std::move(out);
  return {};
}

/// The arguments of these keys are looked through once more when the step runs.
bool is_command_line(std::string_view key) {
  return key == "meupdate" || key == "updater";
}

base::Result<void> substitute(TomlNode& node, const Combination& combination, Escapes escapes) {
  if (node.kind == TomlKind::string) return substitute_text(node, combination, escapes);
  for (TomlNode& item : node.array) {
    if (auto done = substitute(item, combination, escapes); !done) return done;
  }
  for (TomlEntry& entry : node.table) {
    const Escapes inside = is_command_line(entry.key) ? Escapes::left_for_the_run : escapes;
    if (auto done = substitute(entry.value, combination, inside); !done) return done;
  }
  return {};
}

}  // namespace

base::Result<std::vector<Combination>> combinations(const TomlNode* matrix) {
  std::vector<Combination> out(1);
  if (matrix == nullptr) return out;
  if (matrix->kind != TomlKind::table)
    return wrong_at(matrix->place, "matrix must be a table of lists");
  for (const TomlEntry& axis : matrix->table) {
    if (axis.value.kind != TomlKind::array || axis.value.array.empty()) {
      return wrong_at(axis.value.place,
                      fmt::format("matrix.{} must be a list of at least one value", axis.key));
    }
    if (axis.value.array.size() > kMostCombinations / out.size()) {
      return wrong_at(axis.value.place, fmt::format("matrix.{} makes more than {} combinations",
                                                    axis.key, kMostCombinations));
    }
    out = multiplied(out, axis);
  }
  for (Combination& combination : out) {
    if (!combination.suffix.empty()) combination.suffix = '[' + combination.suffix + ']';
  }
  return out;
}

base::Result<void> substitute(TomlNode& node, const Combination& combination) {
  return substitute(node, combination, Escapes::undone);
}

}  // namespace scenarios::engine
