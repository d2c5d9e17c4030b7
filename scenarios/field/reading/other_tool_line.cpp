// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/other_tool_line.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "protocol/tools/memanuf.h"
#include "protocol/tools/number_in_text.h"
#include "scenarios/field/reading/command_line.h"
#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/other_tool_table.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

namespace tools = protocol::tools;
using tools::leading_major;

constexpr std::string_view kHexDigits = "0123456789abcdefABCDEF";

/// Most rows of a table differ in the first letter, in either case of it.
bool may_begin(std::string_view line, std::string_view text) {
  constexpr int kCase = 0x20;
  return !line.empty() && (line[0] | kCase) == (text[0] | kCase);
}

bool begins(std::string_view line, std::string_view text) {
  return may_begin(line, text) && same_letters(line.substr(0, text.size()), text);
}

/// Behind ':', '=' or a row of dots.
std::string_view value_behind(std::string_view rest) {
  const std::size_t at = rest.find_first_not_of(" :=.\t");
  return at == rest.npos ? std::string_view() : trimmed(rest.substr(at));
}

bool is_set_apart(std::string_view rest) {
  return rest.starts_with(':') || rest.starts_with(" :") || rest.starts_with(" =") ||
         rest.starts_with('=') || rest.starts_with("..") || rest.starts_with(" ..");
}

Recognised line_of(Tool tool) {
  return {.kind = LineKind::content, .tool = tool};
}

/// fwupd's of the engine: "MEI version v0:12.0.71.1681", "CSME v0:11.8.50.3425: invalid".
void tell_version_behind_zero(std::string_view line, Recognised& found) {
  const std::size_t at = line.find("v0:");
  if (at == line.npos) return;
  const std::string_view rest = line.substr(at + 3);
  const auto version = protocol::parse_firmware_version(
      std::string(rest.substr(0, rest.find_first_not_of("0123456789."))));
  if (!version) return;
  found.generation = version->major;
  found.told.push_back({Fact::later_version, to_text(*version)});
}

std::uint16_t generation_in(std::optional<Fact> fact, std::string_view value) {
  return fact == Fact::later_version ? leading_major(value) : std::uint16_t{0};
}

/// "Intel Management Engine BIOS Extension v2.5.18.0000"
std::uint16_t generation_behind_v(std::string_view line) {
  const std::size_t at = line.find(" v");
  return at == line.npos ? std::uint16_t{0} : leading_major(line.substr(at + 1));
}

bool begins_one_of(std::string_view line, std::span<const std::string_view> texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](std::string_view text) { return begins(line, text); });
}

/// "Get ME FWU info command...done"; MEInfo prints it, too.
bool is_question(std::string_view line) {
  constexpr std::size_t kLongest = 100;
  return line.size() <= kLongest && line.starts_with(tools::kQuestionBegins) &&
         line.find(tools::kQuestionGoesOn) != line.npos;
}

std::optional<Recognised> as_memanuf_line(std::string_view line) {
  Recognised found = line_of(Tool::memanuf);
  if (begins_one_of(line, tools::kMemanufOutcomes)) {
    found.told.push_back({Fact::tool_says, std::string(line)});
    return found;
  }
  found.joins = true;
  if (is_question(line) || begins_one_of(line, tools::kMemanufBeneath)) return found;
  return std::nullopt;
}

/// The names of the clients that this project knows; another is called by its UUID.
struct ClientRow {
  std::string_view uuid;
  std::string_view name;
};
constexpr std::array kClients = {
    ClientRow{"309dcde8-ccb1-4062-8f78-600115a34327", "FWU (updates)"},
    ClientRow{"8e6a6715-9abc-4043-88ef-9e39c6f63e0f", "MKHI"},
    ClientRow{"55213584-9a29-4916-badf-0fb7ed682aeb", "MKHI at its fixed address"},
    ClientRow{"12f80028-b4b7-4b2d-aca8-46e0ff65814c", "AMTHI"},
    ClientRow{"05b79a6f-4628-4d7f-899d-a91514cb32ab", "watchdog"},
    ClientRow{"6733a4db-0476-4e7b-b3af-bcfc29bee7a7", "LME"},
};

bool is_uuid(std::string_view text) {
  constexpr std::size_t kLength = 36;
  constexpr std::array<std::size_t, 4> kDashes = {8, 13, 18, 23};
  if (text.size() != kLength) return false;
  const bool dashes =
      std::all_of(kDashes.begin(), kDashes.end(), [&](std::size_t at) { return text[at] == '-'; });
  return dashes && text.find_first_not_of("0123456789abcdefABCDEF-") == text.npos;
}

/// " 0|34|  0|309dcde8-ccb1-4062-8f78-600115a34327|  1|   4096| 0|" of the driver's meclients.
std::optional<Recognised> as_client_of_mei(std::string_view line) {
  constexpr std::size_t kFewestBars = 5;
  if (std::count(line.begin(), line.end(), '|') < static_cast<std::ptrdiff_t>(kFewestBars))
    return std::nullopt;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find('|', at), line.size());
    const std::string uuid = lower_case(trimmed(line.substr(at, end - at)));
    at = end + 1;
    if (!is_uuid(uuid)) continue;
    const auto* row = std::find_if(kClients.begin(), kClients.end(),
                                   [&](const ClientRow& each) { return each.uuid == uuid; });
    Recognised found = line_of(Tool::mei_files);
    found.told.push_back(
        {Fact::tool_says, "client " + (row == kClients.end() ? uuid : std::string(row->name))});
    return found;
  }
  return std::nullopt;
}

std::optional<Recognised> from_table(std::string_view line) {
  for (const OtherToolRow& row : other_tool_rows()) {
    if (!begins(line, row.text)) continue;
    const std::string_view rest = line.substr(row.text.size());
    if (row.form == RowForm::labelled && !is_set_apart(rest)) continue;
    Recognised found = line_of(row.tool);
    found.generation = row.generation;
    const std::string_view value = row.form == RowForm::whole ? line : value_behind(rest);
    if (row.fact) found.told.push_back({*row.fact, std::string(value)});
    if (row.tool == Tool::fwupdmgr) tell_version_behind_zero(line, found);
    if (row.tool == Tool::screen && found.generation == 0)
      found.generation =
          row.form == RowForm::whole ? generation_behind_v(line) : generation_in(row.fact, value);
    return found;
  }
  return std::nullopt;
}

/// "[8086:1e3a]": the chipset, and so the firmware's generation.
void tell_id(std::string_view line, Recognised& found) {
  const std::size_t at = line.find("8086:");
  if (at == line.npos || at + 9 > line.size()) return;
  const std::string id = lower_case(line.substr(at, 9));
  found.told.push_back({Fact::pci_id, id});
  if (const ChipsetRow* chipset = chipset_of(id.substr(5))) {
    found.generation = chipset->generation;
    found.told.push_back({Fact::tool_says, std::string(chipset->words)});
  }
}

/// "MEI found: [8086:1e3a] 7 Series/C216 Chipset Family MEI Controller #1"
std::optional<Recognised> as_found_by_intelmetool(std::string_view line) {
  if (!begins(line, "MEI found: ")) return std::nullopt;
  Recognised found = line_of(Tool::intelmetool);
  tell_id(line, found);
  return found;
}

/// "00:03.0 Communication controller: Intel Corporation ... HECI Controller (rev 03)"
std::optional<Recognised> as_lspci(std::string_view line) {
  std::string_view place = line.substr(0, line.find(' '));
  if (place.starts_with("0000:")) place.remove_prefix(5);
  const bool at_place = place.starts_with("00:03.") || place.starts_with("00:16.");
  if (!at_place || place.size() != 7) return std::nullopt;
  const std::string lower = lower_case(line);
  const bool names_it = lower.find("communication controller") != lower.npos ||
                        lower.find("heci") != lower.npos ||
                        lower.find("mei controller") != lower.npos;
  if (!names_it) return std::nullopt;
  Recognised found = line_of(Tool::lspci);
  found.told.push_back({Fact::pci_device, std::string(place)});
  if (place.starts_with("00:16.")) found.generation = kFirstUnknownGeneration;
  tell_id(line, found);
  return found;
}

/// "ME: Firmware Version 8.1.1416.30 (code)": the build stands before the hotfix.
std::optional<Recognised> as_version_of_intelmetool(std::string_view line) {
  constexpr std::string_view kText = "ME: Firmware Version";
  if (!begins(line, kText)) return std::nullopt;
  Recognised found = line_of(Tool::intelmetool);
  found.told.push_back({Fact::tool_says, std::string(trimmed(line.substr(4)))});
  auto version = tools::version_in(line.substr(kText.size()));
  if (!version) return found;
  std::swap(version->hotfix, version->build);
  found.generation = version->major;
  found.told.push_back({Fact::later_version, to_text(*version)});
  return found;
}

/// "0:16.1.25.2049" of the mei driver's file fw_ver.
std::optional<Recognised> as_version_file(std::string_view line) {
  if (line.size() < 9 || line[1] != ':' || (line[0] != '0' && line[0] != '1')) return std::nullopt;
  const auto version = protocol::parse_firmware_version(line.substr(2));
  if (!version) return std::nullopt;
  Recognised found = line_of(Tool::mei_files);
  found.generation = version->major;
  found.told.push_back({Fact::later_version, to_text(*version)});
  return found;
}

/// "/sys/class/mei/mei0/fw_status:94000245" of grep, or the path of the file alone.
std::optional<Recognised> as_file_of_mei(std::string_view line) {
  const std::size_t file = line.find("/mei");
  const bool of_mei =
      file != line.npos && (line.find("/sys/") < file || line.find("mei0/") < line.size());
  if (!of_mei) return std::nullopt;
  const std::size_t words = line.find("fw_status");
  const std::size_t version = line.find("fw_ver");
  Recognised found = line_of(Tool::mei_files);
  if (words == line.npos && version == line.npos && line.find("dev_state") == line.npos &&
      line.find("devstate") == line.npos)
    return std::nullopt;
  constexpr std::string_view kState = "dev_state:";
  if (const std::size_t state = line.find(kState); state != line.npos) {
    const std::string_view value = trimmed(line.substr(state + kState.size()));
    if (!value.empty()) found.told.push_back({Fact::tool_says, "dev_state " + std::string(value)});
    return found;
  }
  const std::size_t colon = line.find(':', std::min({words, version, line.size()}));
  const std::string_view value =
      colon == line.npos ? std::string_view() : trimmed(line.substr(colon + 1));
  if (version != line.npos && !value.empty()) {
    if (auto told = as_version_file(value)) return told;
  }
  if (words == line.npos || value.empty()) return found;
  if (auto word = as_status_word(value, 0)) found.told = std::move(word->told);
  return found;
}

/// "│   ├─Intel Management Engine:": the branches of a tree that fwupd draws.
std::string_view without_branches(std::string_view line) {
  constexpr std::array<std::string_view, 4> kBranches = {"\xE2\x94\x82", "\xE2\x94\x9C",
                                                         "\xE2\x94\x94", "\xE2\x94\x80"};
  for (bool taken = true; taken;) {
    taken = false;
    for (const std::string_view branch : kBranches) {
      if (!line.starts_with(branch)) continue;
      line = trimmed(line.substr(branch.size()));
      taken = true;
    }
  }
  return line;
}

/// The BIOS's red line; in a sentence these words say nothing.
bool is_bare_error(std::string_view line) {
  return same_letters(line, "ME error") || same_letters(line, "ME error.");
}

}  // namespace

std::optional<Recognised> as_other_tool_line(std::string_view line) {
  line = without_branches(line);
  if (is_bare_error(line)) {
    Recognised found = line_of(Tool::screen);
    found.told.push_back({Fact::tool_says, std::string(line)});
    return found;
  }
  if (auto found = as_found_by_intelmetool(line)) return found;
  if (auto found = as_version_of_intelmetool(line)) return found;
  if (auto found = as_lspci(line)) return found;
  if (auto found = as_file_of_mei(line)) return found;
  if (auto found = as_version_file(line)) return found;
  if (auto found = as_client_of_mei(line)) return found;
  if (auto found = as_memanuf_line(line)) return found;
  return from_table(line);
}

std::optional<Recognised> as_meupdate_line(std::string_view line) {
  for (const OtherToolRow& row : meupdate_rows()) {
    if (!begins(line, row.text)) continue;
    Recognised found = line_of(Tool::meupdate);
    const std::string_view value =
        row.form == RowForm::whole ? line : value_behind(line.substr(row.text.size()));
    if (row.fact) found.told.push_back({*row.fact, std::string(value)});
    return found;
  }
  return std::nullopt;
}

std::optional<Recognised> as_screen_line(std::string_view line) {
  constexpr std::string_view kLabel = "Firmware Version";
  if (!begins(line, kLabel) || !is_set_apart(line.substr(kLabel.size()))) return std::nullopt;
  const std::string_view value = value_behind(line.substr(kLabel.size()));
  const auto version = protocol::parse_firmware_version(std::string(value));
  if (!version && !same_letters(value, "N/A")) return std::nullopt;
  Recognised found = line_of(Tool::screen);
  if (version) found.generation = version->major;
  found.told.push_back({Fact::later_version, std::string(value)});
  return found;
}

std::optional<Recognised> as_status_word(std::string_view line, std::size_t index) {
  constexpr std::array kWords = {Fact::status_word_1, Fact::status_word_2, Fact::status_word_3,
                                 Fact::status_word_4, Fact::status_word_5, Fact::status_word_6};
  std::string_view digits = line;
  if (digits.starts_with("0x")) digits.remove_prefix(2);
  const bool is_word = digits.size() == 8 && digits.find_first_not_of(kHexDigits) == digits.npos;
  if (!is_word || index >= kWords.size()) return std::nullopt;
  Recognised found = line_of(Tool::mei_files);
  found.told.push_back({kWords[index], "0x" + std::string(digits)});
  return found;
}

}  // namespace scenarios::field
