// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/replay/comparable_line.h"

#include <algorithm>
#include <array>

#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/meinfo.h"
#include "scenarios/field/boards/reported_board.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/labelled_cells.h"
#include "scenarios/field/reading/recognise.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_shape.h"

namespace scenarios::field {
namespace {

namespace tools = protocol::tools;
using protocol::update::ToolError;

/// Runs of blanks as one, and none around a colon: pasting sets and takes them.
std::string without_wide_blanks(std::string_view text) {
  std::string out;
  for (const char c : with_tight_mark(collapsed(text))) {
    if (c == ':' && !out.empty() && out.back() == ' ') out.pop_back();
    if (c == ' ' && !out.empty() && out.back() == ':') continue;
    out += c;
  }
  return out;
}

std::string_view label_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon == line.npos ? std::string_view() : trimmed(line.substr(0, colon));
}

/// The number of an error, "0" for success; empty: neither.
std::string outcome_in(const std::string& line) {
  for (const Told& told : recognise(line).told) {
    if (told.fact == Fact::error) return told.value;
  }
  return {};
}

/// What MEInfo calls firmware that is both is not known (docs/fidelity.md, meinfo-brand). A line of
/// the list of capabilities is no such line. In lower case.
std::string without_brand(std::string text) {
  if (text.find(':') == text.npos) return text;
  static const std::string standard = lower_case(tools::kBrandStandard);
  static const std::string amt = lower_case(tools::kBrandAmt);
  for (std::size_t at = text.find(standard); at != text.npos; at = text.find(standard, at))
    text.replace(at, standard.size(), amt);
  return text;
}

/// The wireless driver's and its card's, which no ME tells.
bool is_elsewhere(const ComparableLine& log, const ComparableLine& ours) {
  if (!share_label(log, ours)) return false;
  const auto fact = meinfo_fact(log.label);
  return fact == Fact::wireless_driver || fact == Fact::wireless_hardware;
}

bool is_masked(const ComparableLine& log, const ComparableLine& ours) {
  const auto fact = share_label(log, ours) ? meinfo_fact(log.label) : std::nullopt;
  return fact && is_masked_value(*fact, trimmed(log.text.substr(log.text.find(':') + 1)));
}

constexpr std::array kDerived = {Fact::netstack_version, Fact::apps_version,      Fact::amt_version,
                                 Fact::ft_version,       Fact::ft_build_number,   Fact::tpm_version,
                                 Fact::tpm_build_number, Fact::tpm_specification, Fact::tpm_fuses};

/// "Flash: 5.0.2 Netstack: 5.0.1": every value is ours or one of those that the model derives, and
/// there is one of these.
bool is_observed(const ComparableLine& log, const ComparableLine& ours) {
  if (!share_label(log, ours)) return false;
  const std::vector<Told> theirs = recognise(log.text).told;
  const std::vector<Told> our = recognise(ours.text).told;
  const bool derives = std::any_of(theirs.begin(), theirs.end(), [](const Told& told) {
    return is_derived_by_the_model(told.fact);
  });
  return derives &&
         std::equal(theirs.begin(), theirs.end(), our.begin(), our.end(),
                    [](const Told& a, const Told& b) {
                      const bool derived =
                          is_derived_by_the_model(a.fact) && could_be_value(a.fact, a.value);
                      return a.fact == b.fact && (derived || same_value(a.value, b.value));
                    });
}

/// The numbers for an ME that does not answer: which of them the era's tools print when is not
/// known (docs/fidelity.md, field-silence-number).
constexpr ToolError kSilent[] = {ToolError::timed_out, ToolError::no_response,
                                 ToolError::update_failed};

bool is_number_of(const std::string& outcome, ToolError error) {
  return outcome == std::to_string(number(error));
}

bool same_outcome(const ComparableLine& log, const ComparableLine& ours) {
  if (log.outcome.empty()) return false;
  // The first is ours.
  const bool silent = is_number_of(ours.outcome, kSilent[0]) &&
                      std::any_of(std::begin(kSilent), std::end(kSilent), [&](ToolError error) {
                        return is_number_of(log.outcome, error);
                      });
  return silent || log.outcome == ours.outcome;
}

}  // namespace

ComparableLine::ComparableLine(std::string shown)
    : text(std::move(shown)),
      label(lower_case(label_of(text))),
      comparable(without_wide_blanks(text)),
      respelled(field::respelled(comparable)),
      unbranded(without_brand(respelled)) {
  // "Error ...", "FW update ...", perhaps in quotation marks: few lines begin so.
  if (text.find_first_of("EFf\"") == 0) outcome = outcome_in(text);
}

bool share_label(const ComparableLine& log, const ComparableLine& ours) {
  return !log.label.empty() && log.label == ours.label;
}

bool is_derived_by_the_model(Fact fact) {
  return std::find(kDerived.begin(), kDerived.end(), fact) != kDerived.end();
}

LineVerdict verdict_of(const ComparableLine& log, const ComparableLine& ours) {
  if (log.comparable == ours.comparable) return LineVerdict::equal;
  if (is_masked(log, ours)) return LineVerdict::masked;
  if (is_elsewhere(log, ours)) return LineVerdict::elsewhere;
  if (log.unbranded == ours.unbranded) return LineVerdict::reworded;
  if (is_observed(log, ours)) return LineVerdict::observed;
  return same_outcome(log, ours) ? LineVerdict::reworded : LineVerdict::differs;
}

}  // namespace scenarios::field
