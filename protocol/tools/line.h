// SPDX-License-Identifier: BSD-3-Clause
// One line of an old tool as a row of a table: it is printed and read by the same row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "protocol/tools/fact.h"

namespace protocol::tools {

/// Stands in a text for the firmware's brand.
inline constexpr std::string_view kBrandMark = "{brand}";
inline constexpr std::string_view kBrandAmt = "Intel(R) AMT";
inline constexpr std::string_view kBrandStandard = "Intel(R) Standard Manageability";
/// Capabilities with both have the second brand.
inline constexpr std::string_view kBrands[] = {kBrandAmt, kBrandStandard};

/// `text` with `brand` in the mark's place.
std::string with_brand(std::string_view text, std::string_view brand);

/// A value and its word. What the numbers are is said where the words are (meinfo_words.h).
struct Word {
  enum class Use : std::uint8_t {
    both,
    read,  ///< understood, never printed
  };
  std::uint32_t value = 0;
  std::string_view text;  ///< may have the brand's mark
  Use use = Use::both;
};

/// Stands in the words for other values for the value's number.
inline constexpr std::string_view kNumberMark = "{number}";

struct Words {
  std::span<const Word> rows = {};
  std::string_view otherwise = {};  ///< of a value without a word; empty: its number

  constexpr bool empty() const { return rows.empty(); }
};
/// The word that is printed for `value`, its number where there is none.
std::string text_of(const Words& words, std::uint32_t value);

enum class Form : std::uint8_t {
  labelled,      ///< "MAC Address: 00-19-99-00-00-00"
  may_be_bare,   ///< likewise, and nothing behind the colon where the value is empty
  tight,         ///< likewise, with no blank behind the colon in any case
  joined,        ///< labelled, a blank behind the line before: "Flash: 5.0.1 Netstack: 5.0.1"
  column,        ///< labelled, the value in the dialect's column: "FW Version:        8.0.4.1441"
  bare_column,   ///< likewise, no colon
  bare_mebx,     ///< as bare_column; the version's last number with four digits: "12.0.0.0010"
  mebx,          ///< likewise, with a colon
  hexadecimal,   ///< in the column; the number as 0x01101C60
  title,         ///< "Intel(R) AMT code versions:"
  plain,         ///< no value: the label, and `end` behind it
  names,         ///< labelled; the names of the bits that are set, in one line
  names_beneath  ///< labelled with the number; each name of a bit in a line of its own beneath
};

/// Where a line stands only sometimes.
enum class OnlyWith : std::uint8_t {
  anything,
  amt,              ///< the capabilities have AMT
  tpm,              ///< they have the TPM, or are not known
  refused_wireless  ///< the firmware refused to tell of a wireless card
};

struct Line {
  Fact fact = Fact::none;
  std::string_view label;  ///< as the tool spells it; may have the brand's mark
  Form form = Form::labelled;
  Words words = {};
  /// In the value's place where the device does not tell it; empty: the line is left out.
  std::string_view untold = "Not Available";
  /// In the value's place, without a blank, where the device refused it; empty: as `untold`.
  std::string_view refused = {};
  std::string_view end = {};
  OnlyWith only_with = OnlyWith::anything;
  bool opens = false;  ///< only stands at the beginning of the tool's output
  /// Whether the label shows the dialect where no other table has it; false where tools without a
  /// table may print it, too.
  bool tells_dialect = true;
  /// Whether no person's line begins so: it is known without a colon, too.
  bool known_bare = false;
};

/// Where the values of a dialect stand.
struct Layout {
  std::uint8_t column = 0;  ///< of Form::column, from the left margin
  std::uint8_t indent = 0;  ///< of the same lines
};

}  // namespace protocol::tools
