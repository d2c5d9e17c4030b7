// SPDX-License-Identifier: BSD-3-Clause
// ${name} in a story's strings, and "$${", which is "${" as text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios::engine {

struct Piece {
  enum class Kind : std::uint8_t {
    text,
    escape,     ///< "$${"
    name,       ///< ${name}
    unfinished  ///< "${" without "}": to the end
  } kind = Kind::text;
  std::string_view text;  ///< of a name: without its marks; else as it stands
};

/// `text` cut into pieces, in order. They live as long as it.
std::vector<Piece> pieces_of(std::string_view text);

/// "${" as text.
inline constexpr std::string_view kDollarBrace = "${";

/// `text` as a story writes it, so that no ${name} is seen in it.
std::string without_placeholders(std::string_view text);

/// "${image:new.bin}" is shown as "new.bin": where the file lies is nobody's business.
std::string without_marks(std::string_view text);

}  // namespace scenarios::engine
