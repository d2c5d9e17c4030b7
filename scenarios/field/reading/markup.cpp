// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/markup.h"

#include <algorithm>
#include <optional>

#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"

namespace scenarios::field {
namespace {

enum class Effect { breaks_line, breaks_block, ends_row, begins_cell, nothing };

struct TagRow {
  std::string_view name;
  Effect effect;
};
constexpr TagRow kTagRows[] = {
    {"br", Effect::breaks_line},
    {"p", Effect::breaks_block},
    {"div", Effect::breaks_block},
    {"li", Effect::breaks_line},
    {"ul", Effect::breaks_line},
    {"ol", Effect::breaks_line},
    {"dl", Effect::breaks_line},
    {"dt", Effect::breaks_line},
    {"h1", Effect::breaks_block},
    {"h2", Effect::breaks_block},
    {"h3", Effect::breaks_block},
    {"h4", Effect::breaks_block},
    {"hr", Effect::breaks_block},
    {"pre", Effect::breaks_block},
    {"blockquote", Effect::breaks_block},
    {"table", Effect::ends_row},
    {"tbody", Effect::ends_row},
    {"thead", Effect::ends_row},
    {"tr", Effect::ends_row},
    {"td", Effect::begins_cell},
    {"th", Effect::begins_cell},
    {"dd", Effect::begins_cell},
    {"b", Effect::nothing},
    {"i", Effect::nothing},
    {"u", Effect::nothing},
    {"em", Effect::nothing},
    {"strong", Effect::nothing},
    {"tt", Effect::nothing},
    {"code", Effect::nothing},
    {"span", Effect::nothing},
    {"font", Effect::nothing},
    {"small", Effect::nothing},
    {"big", Effect::nothing},
};

/// No tag is longer.
constexpr std::size_t kLongestTag = 200;

struct Tag {
  Effect effect = Effect::nothing;
  bool closes = false;
  std::size_t length = 0;
};

/// The tag that `text` begins with; nothing: it is none of these.
std::optional<Tag> tag_at(std::string_view text) {
  const char closing = text[0] == '<' ? '>' : ']';
  const std::size_t end = text.substr(0, kLongestTag).find(closing);
  if (end == text.npos) return std::nullopt;
  std::string_view inside = text.substr(1, end - 1);
  const bool closes = inside.starts_with('/');
  if (closes) inside.remove_prefix(1);
  const std::string name = lower_case(inside.substr(0, inside.find_first_of(" =/")));
  const auto* row = std::find_if(std::begin(kTagRows), std::end(kTagRows),
                                 [&](const TagRow& each) { return each.name == name; });
  if (row == std::end(kTagRows)) return std::nullopt;
  return Tag{row->effect, closes, end + 1};
}

class Browser {
 public:
  explicit Browser(std::string_view raw) : raw_(raw) {}

  std::vector<MarkupLine> lines() {
    for (std::size_t at = 0; at < raw_.size();) {
      const bool bracket = raw_[at] == '<' || raw_[at] == '[';
      const auto tag = bracket ? tag_at(raw_.substr(at)) : std::nullopt;
      if (!tag) {
        line_.text += raw_[at++];
        continue;
      }
      obey(*tag);
      at += tag->length;
    }
    if (!is_blank()) end_line();
    if (lines_.empty() && !only_table_) lines_.push_back({});
    return std::move(lines_);
  }

 private:
  bool is_blank() const { return trimmed(line_.text).empty(); }

  void obey(const Tag& tag) {
    only_table_ =
        only_table_ && (tag.effect == Effect::ends_row || tag.effect == Effect::begins_cell);
    if (tag.effect == Effect::begins_cell && !tag.closes && in_row_) line_.text += " | ";
    if (tag.effect == Effect::begins_cell) in_row_ = true;
    if (tag.effect == Effect::nothing || tag.effect == Effect::begins_cell) return;
    in_row_ = false;
    // Two breaks leave a blank line between.
    const bool blank_line = tag.effect == Effect::breaks_line && !lines_.empty() && !tag.closes;
    if (!is_blank() || blank_line) end_line();
    line_.begins_block = line_.begins_block || tag.effect == Effect::breaks_block;
  }

  void end_line() {
    line_.text = std::string(trimmed(line_.text));
    lines_.push_back(std::move(line_));
    line_ = {};
  }

  std::string_view raw_;
  std::vector<MarkupLine> lines_;
  MarkupLine line_;
  bool in_row_ = false;
  bool only_table_ = true;
};

}  // namespace

std::vector<MarkupLine> lines_of_markup(std::string_view raw) {
  for (const char bracket : {'<', '['}) {
    for (std::size_t at = raw.find(bracket); at != raw.npos; at = raw.find(bracket, at + 1)) {
      if (tag_at(raw.substr(at))) return Browser(raw).lines();
    }
  }
  std::vector<MarkupLine> plain(1);
  plain[0].text = raw;
  return plain;
}

}  // namespace scenarios::field
