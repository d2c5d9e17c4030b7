// SPDX-License-Identifier: BSD-3-Clause
#include "config/layers.h"

#include <fmt/format.h>

#include "config/wrong_at.h"

namespace config {

base::Result<void> check_schema(const TomlNode& document) {
  const TomlNode* schema = document.find("schema");
  if (schema == nullptr)
    return wrong_at(document.place,
                    fmt::format("missing key \"schema\": write schema = {}", kSchema));
  if (schema->kind == TomlKind::integer && schema->integer == kSchema) return {};
  return wrong_at(schema->place, fmt::format("schema is {}; this program reads schema {}",
                                             to_toml(*schema), kSchema));
}

base::Result<std::optional<TomlNode>> take_extends(TomlNode& document, int depth,
                                                   const std::string& names) {
  std::optional<TomlNode> extends = take(document, "extends");
  if (!extends) return extends;
  if (extends->kind != TomlKind::string) {
    return wrong_at(extends->place,
                    fmt::format("extends is {}; it must be {}", name(extends->kind), names));
  }
  if (depth == kDeepestExtends)
    return wrong_at(extends->place, "extends goes in a circle, or too deep");
  return extends;
}

}  // namespace config
