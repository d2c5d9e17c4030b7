// SPDX-License-Identifier: BSD-3-Clause
// A document whose `extends` names another one: read from the bottom up, each laid over what it
// extends. Every file on the way says which schema it follows.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/result.h"
#include "config/toml_tree.h"

namespace config {

/// What `schema` must be in every file that is read here.
inline constexpr std::int64_t kSchema = 1;
/// More layers than that extend each other in a circle, or might as well.
inline constexpr int kDeepestExtends = 8;

/// Errors: invalid, "source:line:col: what is wrong; what would be right".
base::Result<void> check_schema(const TomlNode& document);

/// Takes `extends`, a string, out of `document`; nothing where there is none. `names` completes "it
/// must be ". Errors: invalid, with its place.
base::Result<std::optional<TomlNode>> take_extends(TomlNode& document, int depth,
                                                   const std::string& names);

/// Where the layers of one kind of document come from: `Source` is what tells one file
/// from another.
template <class Layers, class Source>
concept LayersOf = requires(const Layers& layers, const Source& source, const TomlNode& extends,
                            TomlNode under, const TomlNode& over) {
  { layers.parse(source) } -> std::same_as<base::Result<TomlNode>>;
  /// The source that `extends`, which stands in `source`, means.
  { layers.base_of(source, extends) } -> std::same_as<base::Result<Source>>;
  { layers.lay(under, over) } -> std::same_as<TomlNode>;
  { layers.extends_names() } -> std::convertible_to<std::string>;
};

/// `source` over all that it extends. Errors: those of parse() and base_of(), and invalid with
/// a place.
template <class Source, LayersOf<Source> Layers>
base::Result<TomlNode> read_layers(const Source& source, const Layers& layers, int depth = 0) {
  base::Result<TomlNode> document = layers.parse(source);
  if (!document) return document.error();
  if (const auto known = check_schema(*document); !known) return known.error();
  const auto extends = take_extends(*document, depth, layers.extends_names());
  if (!extends) return extends.error();
  if (!extends->has_value()) return document;
  const base::Result<Source> base = layers.base_of(source, **extends);
  if (!base) return base.error();
  base::Result<TomlNode> under = read_layers(*base, layers, depth + 1);
  if (!under) return under.error();
  return layers.lay(std::move(*under), *document);
}

}  // namespace config
