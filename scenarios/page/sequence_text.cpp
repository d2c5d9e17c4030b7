// SPDX-License-Identifier: BSD-3-Clause
// A sequence in words: on a terminal, and of each row of a picture.
#include <fmt/format.h>

#include "scenarios/page/sequence.h"

namespace scenarios::page {
namespace {

using Kind = SequenceRow::Kind;

const char* arrow_words(Kind kind) {
  switch (kind) {
    case Kind::to_engine:
      return "--> ME ";
    case Kind::from_engine:
      return "<-- ME ";
    case Kind::to_tpm:
      return "--> TPM";
    case Kind::from_tpm:
      return "<-- TPM";
    case Kind::fault:
      return "  !    ";
    default:
      return "       ";
  }
}

std::string text_row(const SequenceRow& row) {
  if (row.kind == Kind::silence) return fmt::format("{:>14}  ~~~ {} ~~~\n", "", words_of(row));
  if (row.kind == Kind::again || row.kind == Kind::left_out)
    return fmt::format("{:>14}  ... {}\n", "", words_of(row));
  if (row.kind == Kind::step) return fmt::format("{:>12.3f} s  {}\n", row.at, words_of(row));
  return fmt::format("{:>12.3f} s  {}  {}\n", row.at, arrow_words(row.kind), words_of(row));
}

}  // namespace

std::string length_words(double seconds) {
  constexpr double kMinute = 60;
  return seconds < kMinute ? fmt::format("{:.1f} s", seconds)
                           : fmt::format("{:.1f} minutes", seconds / kMinute);
}

std::string words_of(const SequenceRow& row) {
  const char* more = row.count == 1 ? "" : "s";
  switch (row.kind) {
    case Kind::silence:
      return row.what == "silence" ? length_words(row.length) + " of silence"
                                   : length_words(row.length) + " without a message: " + row.what;
    case Kind::again:
      return fmt::format("{}, {} more time{}, until {:.3f} s", row.what, row.count, more, row.at);
    case Kind::left_out:
      return fmt::format("{} row{} left out", row.count, more);
    default:
      return row.count == 1 ? row.what : fmt::format("{} x{}", row.what, row.count);
  }
}

const char* who(Kind kind) {
  switch (kind) {
    case Kind::to_engine:
      return "updater to ME";
    case Kind::from_engine:
      return "ME to updater";
    case Kind::to_tpm:
      return "updater to TPM";
    case Kind::from_tpm:
      return "TPM to updater";
    case Kind::fault:
      return "fault";
    default:
      return "";
  }
}

std::string sequence_text(const std::vector<SequenceRow>& rows) {
  std::string text;
  for (const SequenceRow& row : rows) text += text_row(row);
  return text;
}

}  // namespace scenarios::page
