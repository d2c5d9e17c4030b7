// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/placeholder.h"

#include <algorithm>

namespace scenarios::engine {
namespace {

constexpr std::string_view kEscape = "$${";

/// The piece that begins with the '$' in front of `text`.
Piece piece_at_dollar(std::string_view text) {
  if (text.starts_with(kEscape)) return {Piece::Kind::escape, text.substr(0, kEscape.size())};
  if (!text.starts_with(kDollarBrace)) return {Piece::Kind::text, text.substr(0, 1)};
  const std::size_t end = text.find('}');
  if (end == text.npos) return {Piece::Kind::unfinished, text};
  return {Piece::Kind::name, text.substr(kDollarBrace.size(), end - kDollarBrace.size())};
}

std::size_t length_of(const Piece& piece) {
  constexpr std::size_t kMarks = 3;  // ${}
  return piece.text.size() + (piece.kind == Piece::Kind::name ? kMarks : 0);
}

}  // namespace

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  while (!text.empty()) {
    const std::size_t plain = std::min(text.find('$'), text.size());
    pieces.push_back(plain > 0 ? Piece{Piece::Kind::text, text.substr(0, plain)}
                               : piece_at_dollar(text));
    text.remove_prefix(length_of(pieces.back()));
  }
  return pieces;
}

std::string without_placeholders(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with(kDollarBrace)) out += '$';
    out += text[at];
  }
  return out;
}

std::string without_marks(std::string_view text) {
  std::string out;
  for (const Piece& piece : pieces_of(text)) {
    if (piece.kind == Piece::Kind::name)
      out += piece.text.substr(piece.text.find(':') + 1);
    else
      out += piece.kind == Piece::Kind::escape ? kDollarBrace : piece.text;
  }
  return out;
}

}  // namespace scenarios::engine
