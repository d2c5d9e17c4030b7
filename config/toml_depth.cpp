// SPDX-License-Identifier: BSD-3-Clause
// Follows TOML 1.0 as far as it says where keys, strings, comments and brackets begin and end.
#include "config/toml_depth.h"

#include <algorithm>
#include <string>
#include <vector>

namespace config {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kEndsOfKeyPart = " \t.=]\r\n#";

/// An array or an inline table that is open.
struct OpenBracket {
  bool is_table = false;
  bool in_key = false;         ///< of an inline table: before its next '='
  std::size_t more_parts = 0;  ///< of that key, beyond the first
};

class DepthReader {
 public:
  DepthReader(std::string_view text, std::size_t most) : text_(text), most_(most) {}

  /// False: it goes too deep, at place().
  bool read() {
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
    while (fits_ && at_ < text_.size()) read_line();
    return fits_;
  }

  TextPlace place() const {
    TextPlace place;
    for (const char c : text_.substr(0, too_deep_at_)) {
      const bool begins_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      if (begins_character) ++place.column;
      if (c == '\n') place = {.line = place.line + 1, .column = 1};
    }
    return place;
  }

 private:
  void read_line() {
    skip(kBlanks);
    if (next() == '[') return read_header();
    if (next() == '#' || next() == '\n' || next() == '\r') return skip_line();
    depth_ = table_depth_;
    read_key();
    if (next() == '=') ++at_;
    if (fits_) read_value();
  }

  void read_header() {
    depth_ = 0;
    if (text_.substr(at_).starts_with("[[")) {
      go_deeper();
      ++at_;
    }
    ++at_;
    read_key();
    table_depth_ = depth_;
    skip_line();
  }

  void read_key() {
    for (bool more = true; more && fits_;) {
      go_deeper();
      skip(kBlanks);
      if (is_quote(next()))
        read_string();
      else
        at_ = std::min(text_.find_first_of(kEndsOfKeyPart, at_), text_.size());
      skip(kBlanks);
      more = next() == '.';
      if (more) ++at_;
    }
  }

  /// Up to the end of its line, or of the last line of what it opens.
  void read_value() {
    open_.clear();
    while (fits_ && at_ < text_.size()) {
      const char c = next();
      if (is_quote(c)) {
        read_string();
        continue;
      }
      if (c == '#') at_ = std::min(text_.find('\n', at_), text_.size());
      if (next() == '\n' && open_.empty()) return;
      if (at_ < text_.size()) read_mark(next());
      ++at_;
    }
  }

  void read_mark(char c) {
    if (c == '[' || c == '{') {
      open_.push_back({.is_table = c == '{', .in_key = c == '{'});
      return go_deeper();
    }
    if (open_.empty()) return;
    OpenBracket& inner = open_.back();
    if (c == ']' || c == '}') {
      depth_ -= 1 + inner.more_parts;
      open_.pop_back();
    } else if (inner.is_table && c == '=') {
      inner.in_key = false;
    } else if (inner.is_table && c == ',') {
      depth_ -= inner.more_parts;
      inner = {.is_table = true, .in_key = true};
    } else if (inner.in_key && c == '.') {
      ++inner.more_parts;
      go_deeper();
    }
  }

  /// From its first quotation mark to behind its last. One that does not end on its line
  /// ends there.
  void read_string() {
    const char quote = next();
    const std::string triple(3, quote);
    const bool is_long = text_.substr(at_).starts_with(triple);
    at_ += is_long ? 3 : 1;
    for (; at_ < text_.size(); ++at_) {
      if (quote == '"' && next() == '\\') {
        ++at_;
      } else if (!is_long && (next() == quote || next() == '\n')) {
        at_ += next() == quote ? 1 : 0;
        return;
      } else if (is_long && text_.substr(at_).starts_with(triple)) {
        at_ = std::min(text_.find_first_not_of(quote, at_), std::min(at_ + 5, text_.size()));
        return;
      }
    }
    at_ = std::min(at_, text_.size());
  }

  void go_deeper() {
    if (++depth_ <= most_ || !fits_) return;
    fits_ = false;
    too_deep_at_ = at_;
  }

  void skip(std::string_view any_of) {
    at_ = std::min(text_.find_first_not_of(any_of, at_), text_.size());
  }
  void skip_line() {
    const std::size_t end = text_.find('\n', at_);
    at_ = end == text_.npos ? text_.size() : end + 1;
  }
  char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  static bool is_quote(char c) { return c == '"' || c == '\''; }

  std::string_view text_;
  std::size_t most_;
  std::size_t at_ = 0;
  std::size_t table_depth_ = 0;  ///< of the last "[table]"
  std::size_t depth_ = 0;
  std::vector<OpenBracket> open_;
  bool fits_ = true;
  std::size_t too_deep_at_ = 0;
};

}  // namespace

std::optional<TextPlace> too_deep(std::string_view text, std::size_t most) {
  DepthReader reader(text, most);
  if (reader.read()) return std::nullopt;
  return reader.place();
}

}  // namespace config
