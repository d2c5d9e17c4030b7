// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/typography.h"

#include <algorithm>
#include <array>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

struct Replacement {
  std::string_view from;
  std::string_view to;
};
/// None of them makes a control character.
constexpr std::array kReplacements = {
    Replacement{"\xC2\xAE", "(R)"},    Replacement{"\xE2\x84\xA2", "(TM)"},
    Replacement{"\xE2\x80\x91", "-"},  Replacement{"\xE2\x80\x93", "-"},
    Replacement{"\xE2\x80\x94", "-"},  Replacement{"\xE2\x80\xA6", "..."},
    Replacement{"\xE2\x80\x98", "'"},  Replacement{"\xE2\x80\x99", "'"},
    Replacement{"\xE2\x80\x9C", "\""}, Replacement{"\xE2\x80\x9D", "\""},
    Replacement{"\xEF\xBC\x9A", ": "}, Replacement{"\xEF\xBC\x88", "("},
    Replacement{"\xEF\xBC\x89", ")"},  Replacement{"&reg;", "(R)"},
    Replacement{"&trade;", "(TM)"},    Replacement{"&nbsp;", " "},
    Replacement{"&#160;", " "},        Replacement{"&quot;", "\""},
    Replacement{"&#39;", "'"},         Replacement{"&ndash;", "-"},
    Replacement{"&hellip;", "..."},    Replacement{"&lt;", "<"},
    Replacement{"&gt;", ">"},          Replacement{"&amp;", "&"},
};

constexpr std::array<std::string_view, 26> kTags = {
    "br", "p",    "pre", "code", "b",    "i",       "u",     "em",         "strong",
    "tt", "span", "div", "font", "size", "color",   "quote", "blockquote", "spoiler",
    "li", "ul",   "ol",  "td",   "tr",   "noparse", "list",  "*"};

/// Whether `inside` ("/pre", "br /", "quote=\"Franz\"") is a formatting tag.
bool is_formatting(std::string_view inside) {
  if (inside.starts_with('/')) inside.remove_prefix(1);
  const std::string name = lower_case(inside.substr(0, inside.find_first_of(" =/")));
  return std::find(kTags.begin(), kTags.end(), name) != kTags.end();
}

constexpr std::array<std::string_view, 7> kBlocks = {"pre",        "code",    "quote", "p",
                                                     "blockquote", "spoiler", "div"};

/// Whether `inside` is the tag of a block: "pre", "quote=\"Franz\"".
bool is_block(std::string_view inside) {
  const std::string name = lower_case(inside.substr(0, inside.find_first_of(" =")));
  return std::find(kBlocks.begin(), kBlocks.end(), name) != kBlocks.end();
}

/// Where the bracket that begins or ends a tag has its partner.
constexpr std::string_view kOpening = "<[";
constexpr std::string_view kClosing = ">]";

bool take_tag_in_front(std::string_view& text) {
  const std::size_t kind = text.empty() ? text.npos : kOpening.find(text[0]);
  if (kind == kOpening.npos) return false;
  const std::size_t end = text.find(kClosing[kind]);
  if (end == text.npos || !is_formatting(text.substr(1, end - 1))) return false;
  text = trimmed(text.substr(end + 1));
  return true;
}

bool take_tag_at_end(std::string_view& text) {
  const std::size_t kind = text.empty() ? text.npos : kClosing.find(text.back());
  if (kind == kClosing.npos) return false;
  const std::size_t begin = text.rfind(kOpening[kind]);
  if (begin == text.npos || !is_formatting(text.substr(begin + 1, text.size() - begin - 2)))
    return false;
  text = trimmed(text.substr(0, begin));
  return true;
}

bool holds_what_is_replaced(std::string_view line) {
  bool any = false;
  for (const char c : line) any |= c == '&' || static_cast<unsigned char>(c) >= 0x80;
  return any;
}

std::string replaced(std::string_view line) {
  if (!holds_what_is_replaced(line)) return std::string(line);
  std::string out;
  out.reserve(line.size());
  for (std::size_t at = 0; at < line.size();) {
    const bool plain = line[at] != '&' && static_cast<unsigned char>(line[at]) < 0x80;
    const auto row = plain ? kReplacements.end()
                           : std::find_if(kReplacements.begin(), kReplacements.end(),
                                          [&](const Replacement& each) {
                                            return line.substr(at).starts_with(each.from);
                                          });
    if (row == kReplacements.end()) {
      out += line[at++];
    } else {
      out += row->to;
      at += row->from.size();
    }
  }
  return out;
}

/// Of a line that begins with it, behind a list's mark or not: "*", "**", "***", "__"; empty: none.
std::string_view emphasis_of(std::string_view text) {
  constexpr std::size_t kLongest = 3;
  for (const std::string_view list : {"- ", "* "}) {
    if (text.starts_with(list)) text.remove_prefix(list.size());
  }
  if (text.empty() || (text[0] != '*' && text[0] != '_')) return {};
  const std::size_t length = std::min(text.find_first_not_of(text[0]), text.size());
  const std::string_view mark = text.substr(0, length);
  const bool is_word = length <= kLongest && text.size() > length && text[length] != ' ';
  // A star by itself is a list's, two underscores a name's.
  const bool ends = is_word && text.find(mark, length) != text.npos;
  return ends && mark != "_" ? mark : std::string_view();
}

/// "*label:* value", "**label:** value" of Markdown.
std::string without_emphasis(std::string_view text) {
  const std::string_view mark = emphasis_of(text);
  std::string out(text);
  if (mark.empty()) return out;
  for (std::size_t at = out.find(mark); at != out.npos; at = out.find(mark, at))
    out.erase(at, mark.size());
  return out;
}

}  // namespace

std::string as_printed_by_tool(std::string_view line) {
  std::string_view text = trimmed(line);
  while (take_tag_in_front(text) || take_tag_at_end(text)) {
  }
  return replaced(without_emphasis(text));
}

bool begins_block(std::string_view line) {
  const std::string_view text = trimmed(line);
  const std::size_t kind = text.empty() ? text.npos : kOpening.find(text[0]);
  if (kind == kOpening.npos) return false;
  const std::size_t end = text.find(kClosing[kind]);
  return end != text.npos && is_block(text.substr(1, end - 1));
}

bool ends_block(std::string_view line) {
  const std::string_view text = trimmed(line);
  const std::size_t kind = text.empty() ? text.npos : kClosing.find(text.back());
  if (kind == kClosing.npos) return false;
  const std::size_t begin = text.rfind(kOpening[kind]);
  if (begin == text.npos || text.substr(begin + 1, 1) != "/") return false;
  return is_block(text.substr(begin + 2, text.size() - begin - 3));
}

}  // namespace scenarios::field
