// SPDX-License-Identifier: BSD-3-Clause
// Wording: the logs in scenarios/field-reports/; of generations 6 to 11 the error lines that
// owners' posts show.
#include "scenarios/field/reading/update_line.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/update_stage.h"

namespace scenarios::field {
namespace {

Recognised update_line(std::vector<Told> told = {}) {
  return {.kind = LineKind::content, .tool = Tool::fwupdlcl, .told = std::move(told)};
}

namespace tools = protocol::tools;
using tools::number_behind;
using tools::version_in;

/// Whose phrases and labels all dialects share that are printed.
constexpr const tools::Fwupdlcl& kPrinted = tools::fwupdlcl(tools::FwupdlclDialect::me5);
/// Whose labels those share that speak from generation 6 on.
constexpr const tools::Fwupdlcl& kLater = tools::fwupdlcl(tools::FwupdlclDialect::me6);

/// Without the blank at its end: pasting takes that away.
constexpr std::string_view phrase(tools::Phrase which) {
  const std::string_view text = text_of(kPrinted, which);
  return text.ends_with(' ') ? text.substr(0, text.size() - 1) : text;
}
/// Of "***** Flash Info ******": what stands between the stars.
constexpr std::string_view title(tools::Phrase which) {
  const std::string_view text = text_of(kPrinted, which);
  const std::size_t first = text.find_first_not_of("* ");
  return text.substr(first, text.find_last_not_of("* ") + 1 - first);
}

constexpr std::string_view kConnecting = phrase(tools::Phrase::connecting);
constexpr std::string_view kDriverVersion = phrase(tools::Phrase::driver_version);
constexpr std::string_view kUploading = phrase(tools::Phrase::uploading);

std::optional<Recognised> as_connecting(std::string_view line) {
  const bool opens = begins_printed(line, kConnecting);
  if (!opens && !begins_printed(line, text_of(kPrinted, tools::Phrase::connected)))
    return std::nullopt;
  const std::size_t version = find_printed(line, kDriverVersion);
  Recognised found = update_line();
  found.opens = opens;
  if (version == line.npos) return found;
  found.told.push_back({Fact::host_system, "windows"});
  found.told.push_back({Fact::mei_driver_version,
                        std::string(trimmed(line.substr(version + kDriverVersion.size())))});
  return found;
}

constexpr std::string_view kDigits = "0123456789";

/// Numbers that FWUpdLcl has to itself; MEInfo's and MEManuf's begin at 9249.
constexpr bool is_updates_number(std::uint32_t number) {
  return number >= 8192 && number < 9000;
}

/// A letter among the digits: "(87O4)", "0x2204".
bool is_misread(std::string_view line) {
  constexpr std::size_t kWhole = 4;
  const std::size_t digits = line.find_first_of(kDigits);
  const std::size_t end = digits == line.npos ? digits : line.find_first_not_of(kDigits, digits);
  if (end == line.npos || end - digits >= kWhole) return false;
  const auto next = static_cast<unsigned char>(line[end]);
  return std::isalnum(next) != 0 || next >= 0x80;
}

/// FPT's numbers are small, and no exit status of it is any of FWUpdLcl's.
constexpr std::uint32_t kLargestOfFpt = 999;

/// Whose error of another number than FWUpdLcl's it is; unknown: it does not say.
Tool teller_of(std::uint32_t number, std::string_view line) {
  if (find_printed(line, "Communication error between application") != line.npos ||
      find_printed(line, "Could not determine FW features") != line.npos)
    return Tool::meinfo;
  if (find_printed(line, "MEManuf") != line.npos) return Tool::memanuf;
  const bool of_flash = find_printed(line, "host CPU does not have") != line.npos ||
                        find_printed(line, "Protected Range Registers") != line.npos ||
                        find_printed(line, "write protection for the BIOS") != line.npos ||
                        find_printed(line, "flash area") != line.npos;
  return of_flash && number <= kLargestOfFpt ? Tool::fpt : Tool::unknown;
}

/// "error (8729): ...", typed by hand: in brackets and with a colon no sentence has it.
bool is_typed_error(std::string_view line) {
  constexpr std::string_view kBegins = "error (";
  const std::size_t end = line.find("):");
  return line.starts_with(kBegins) && end != line.npos && end > kBegins.size() &&
         line.find_first_not_of("0123456789", kBegins.size()) == end;
}

std::optional<Recognised> as_error(std::string_view line) {
  if (is_typed_error(line)) return as_error("E" + std::string(line.substr(1)));
  if (line.starts_with('"')) line.remove_prefix(1);  // in a person's own words
  // Generation 2's have no number.
  constexpr std::string_view numberless = tools::fwupdlcl(tools::FwupdlclDialect::me2).error.before;
  if (begins_printed(line, numberless)) {
    Recognised found =
        update_line({{Fact::error, std::string(trimmed(line.substr(numberless.size())))}});
    found.joins = true;
    return found;
  }
  if (!begins_printed(line, "Error ") && !begins_printed(line, "Error(")) return std::nullopt;
  const auto number = number_behind(line.substr(5));
  if (!number || is_misread(line)) return std::nullopt;
  const bool in_brackets = trimmed(line.substr(5)).starts_with('(');
  Recognised found = update_line({{Fact::error, std::to_string(*number)}});
  if (in_brackets && line.find(')') == line.npos) found.told.clear();  // the paste ends in it
  if (!is_updates_number(*number)) found.tool = teller_of(*number, line);
  // Up to generation 5 the number stands in brackets.
  if (!in_brackets) found.generation = kFirstUnknownGeneration;
  found.joins = found.tool == Tool::unknown || found.tool == Tool::meinfo;
  return found;
}

constexpr std::array<std::string_view, 4> kNoSuccess = {"unsuccess", " not ", "n't ", "fail"};

bool is_success(std::string_view line) {
  const std::string text = lower_case(line);
  const bool subject = text.starts_with("fw update") || text.starts_with("firmware update");
  const auto holds = [&](std::string_view words) { return text.find(words) != text.npos; };
  // The generations differ in how they say that it went well.
  const auto says_so = [&](const tools::Fwupdlcl& dialect) {
    return std::any_of(dialect.success.begin(), dialect.success.end(), holds);
  };
  return subject && std::any_of(tools::kFwupdlcl.begin(), tools::kFwupdlcl.end(), says_so) &&
         std::none_of(kNoSuccess.begin(), kNoSuccess.end(), holds);
}

/// "FW Update: [ 45% (Stage: 6 of 19)]", or what of it stands in a line of its own.
std::optional<Recognised> as_stage(std::string_view line) {
  const bool is_labelled = line.starts_with(tools::kProgressLabel);
  if (is_labelled) line = trimmed(line.substr(tools::kProgressLabel.size()));
  const bool in_bracket = line.starts_with('[');
  if (in_bracket) line = trimmed(line.substr(1));
  Recognised found = update_line();
  found.generation = kFirstUnknownGeneration;
  if (const std::string stage = stage_in(line); !stage.empty()) {
    found.told.push_back({Fact::tool_says, stage});
    return found;
  }
  if (!is_labelled || !in_bracket) return std::nullopt;
  if (const std::string progress = progress_in(line); !progress.empty())
    found.told.push_back({Fact::tool_says, progress});
  return found;
}

Recognised later_update_line() {
  Recognised found = update_line();
  found.generation = kFirstUnknownGeneration;
  return found;
}

/// How an update ended is read elsewhere.
bool is_later_phrase(std::string_view line) {
  const auto begins = [&](const tools::PhraseRow& row) {
    return row.phrase != tools::Phrase::complete && line.starts_with(row.text);
  };
  return std::any_of(tools::kFwupdlcl.begin(), tools::kFwupdlcl.end(),
                     [&](const tools::Fwupdlcl& dialect) {
                       return dialect.dialect >= tools::FwupdlclDialect::me6 &&
                              std::any_of(dialect.phrases.begin(), dialect.phrases.end(), begins);
                     });
}

/// What only the tools from generation 6 on print.
std::optional<Recognised> as_later_update_line(std::string_view line) {
  if (is_later_phrase(line)) return later_update_line();
  for (const tools::UpdateLabel& row : kLater.labels) {
    const bool tells = line.starts_with(row.label) && row.fact != Fact::later_version &&
                       line.substr(row.label.size()).starts_with(row.between);
    if (!tells) continue;
    Recognised found = later_update_line();
    const std::size_t value = row.label.size() + row.between.size();
    found.told.push_back({row.fact, std::string(trimmed(line.substr(value)))});
    return found;
  }
  return std::nullopt;
}

/// "FW Error Code: 280.": 0 where it went well.
std::optional<Recognised> as_later_error(std::string_view line) {
  constexpr const tools::ErrorForm& form = tools::fwupdlcl(tools::FwupdlclDialect::csme12).error;
  const std::string_view before = trimmed(form.before);
  if (!begins_printed(line, before)) return std::nullopt;
  const auto number = number_behind(line.substr(before.size()));
  if (!number) return std::nullopt;
  Recognised found = later_update_line();
  found.told.push_back({Fact::error, std::to_string(*number)});
  return found;
}

std::string without_brackets(std::string_view value) {
  if (value.starts_with('(') && value.ends_with(')')) value = value.substr(1, value.size() - 2);
  return std::string(trimmed(value));
}

bool is_block_title(std::string_view line) {
  return line.starts_with("*") &&
         (find_printed(line, title(tools::Phrase::flash_title)) != line.npos ||
          names_the_image(line));
}

std::optional<Recognised> as_labelled_update(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const std::string_view label = trimmed(line.substr(0, colon));
  const std::string_view value = trimmed(line.substr(colon + 1));
  // Version and SKU are of the flash until the image's block begins; the reader knows where it is.
  const auto row = std::find_if(
      kPrinted.labels.begin(), kPrinted.labels.end(),
      [&](const tools::UpdateLabel& known) { return same_letters(known.label, label); });
  if (row == kPrinted.labels.end()) return std::nullopt;
  // MEInfo 4 has a "SKU: ASF IAMT ITPM" of its own, and people have versions of much.
  if (row->fact == Fact::sku && !value.starts_with('(')) return std::nullopt;
  const bool printed = value.empty() || (version_in(value) && begins_printed(line, row->label));
  if (row->fact == Fact::firmware_version && !printed) return std::nullopt;
  return update_line({{row->fact, without_brackets(value)}});
}

}  // namespace

std::optional<Recognised> as_update_line(std::string_view line) {
  if (auto found = as_connecting(line)) return found;
  if (auto found = as_error(line)) return found;
  if (is_block_title(line)) return update_line();
  if (begins_printed(line, kUploading)) return update_line({{Fact::uploading, std::string(line)}});
  if (is_success(line)) return update_line({{Fact::error, "0"}});
  if (auto found = as_stage(line)) return found;
  if (auto found = as_later_error(line)) return found;
  if (auto found = as_later_update_line(line)) return found;
  if (line.starts_with(tools::kBeforeSkuName)) return update_line();
  return as_labelled_update(line);
}

std::optional<Recognised> as_asked_version(std::string_view line) {
  const tools::UpdateLabel& row = *std::find_if(
      kLater.labels.begin(), kLater.labels.end(),
      [](const tools::UpdateLabel& each) { return each.fact == Fact::later_version; });
  if (!line.starts_with(row.label)) return std::nullopt;
  const std::string_view rest = line.substr(row.label.size());
  const auto version = rest.starts_with(trimmed(row.between)) ? version_in(rest) : std::nullopt;
  if (!version) return std::nullopt;
  Recognised found = update_line({{row.fact, to_text(*version)}});
  found.generation = version->major;
  return found;
}

std::vector<std::string_view> update_line_beginnings() {
  std::vector<std::string_view> beginnings = {kConnecting, kUploading};
  for (const tools::UpdateLabel& row : kPrinted.labels) beginnings.push_back(row.label);
  return beginnings;
}

bool begins_an_update_line(std::string_view text) {
  return is_beginning_of(kConnecting, text) || is_beginning_of(kUploading, text) ||
         std::any_of(
             kPrinted.labels.begin(), kPrinted.labels.end(),
             [&](const tools::UpdateLabel& row) { return is_beginning_of(row.label, text); });
}

bool names_the_image(std::string_view line) {
  return find_printed(line, title(tools::Phrase::image_title)) != line.npos;
}

bool names_its_way(std::string_view line) {
  return begins_printed(line, find_label(kPrinted, Fact::communication_mode)->label);
}

bool begins_an_update(std::string_view line) {
  return begins_printed(line, kConnecting);
}

}  // namespace scenarios::field
