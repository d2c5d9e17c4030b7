// SPDX-License-Identifier: BSD-3-Clause
// Wording: the logs in scenarios/field-reports/; of generations 6 to 11 the banners and error lines
// that owners' posts show.
#include "scenarios/field/recognise.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "scenarios/field/command_line.h"
#include "scenarios/field/spelling.h"

namespace scenarios::field {
namespace {

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// The first four-part version in `text`.
std::optional<protocol::FirmwareVersion> version_in(std::string_view text) {
  const std::size_t digits = text.find_first_of("0123456789");
  if (digits == text.npos) return std::nullopt;
  text.remove_prefix(digits);
  const std::size_t end = text.find_first_not_of("0123456789.");
  return protocol::parse_firmware_version(text.substr(0, end));
}

/// "(8721): ...", "8741: ..." and "8719 ..."
std::optional<std::uint32_t> number_behind(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('(')) text.remove_prefix(1);
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{}) return std::nullopt;
  return number;
}

Tool program_of(std::string_view word) {
  const std::size_t slash = word.find_last_of("\\/");
  if (slash != word.npos) word.remove_prefix(slash + 1);
  const std::string program = lower_case(word);
  if (program.starts_with("fwupdlcl") || program.starts_with("meupd")) return Tool::fwupdlcl;
  if (program.starts_with("meinfo")) return Tool::meinfo;
  if (program.starts_with("memanuf")) return Tool::memanuf;
  return Tool::unknown;
}

/// "C:\DRIVERS\WIN\ME>", "A:>", "PS C:\ME>" or "$ " off the front.
std::string_view without_prompt(std::string_view line, bool& prompted) {
  prompted = line.starts_with("$ ");
  if (prompted) return trimmed(line.substr(2));
  if (line.starts_with("PS ")) line.remove_prefix(3);
  const bool drive = line.size() > 2 && line[1] == ':' && line[2] != ' ';
  const std::size_t end = drive ? line.find('>') : line.npos;
  prompted = end != line.npos;
  return prompted ? trimmed(line.substr(end + 1)) : line;
}

bool is_program_file(std::string_view word) {
  const std::string name = lower_case(word);
  return name.ends_with(".exe") || name.ends_with(".cmd") || name.ends_with(".bat") ||
         name.ends_with(".efi");
}

// --- banners ---

struct Banner {
  std::string_view text;
  Tool tool;
};
/// From generation 12 on it is "ME Info".
constexpr std::array kBanners = {
    Banner{"meinfo", Tool::meinfo},
    Banner{"me info", Tool::meinfo},
    Banner{"memanuf", Tool::memanuf},
    Banner{"firmware update utility", Tool::fwupdlcl},
};

/// A forum that re-flows pasted text leaves a whole run in one line: its error is at the end.
void hear_error_behind(std::string_view text, Recognised& found) {
  const std::size_t at = text.rfind("Error ");
  if (at == text.npos) return;
  if (const auto number = number_behind(text.substr(at + 6)))
    found.told.push_back({Fact::error, std::to_string(*number)});
}

std::optional<Recognised> as_banner(std::string_view line) {
  const std::string text = lower_case(line);
  const std::size_t at = text.find("version");
  // The first letter is easily lost in pasting.
  const bool begins = text.starts_with("intel") || text.starts_with("ntel(r)") ||
                      text.starts_with("firmware update utility");
  if (at == text.npos || !begins) return {};
  for (const Banner& banner : kBanners) {
    const std::size_t named = text.find(banner.text);
    if (named == text.npos || named > at) continue;
    Recognised found{
        .kind = LineKind::banner, .tool = banner.tool, .version = version_in(line.substr(at))};
    if (has(text.substr(0, at), " win ")) found.told.push_back({Fact::host_system, "windows"});
    hear_error_behind(line.substr(at), found);
    return found;
  }
  return std::nullopt;
}

// --- command lines ---

/// A forum that re-flows pasted text leaves a whole run in the line of its command: that ends at
/// the banner.
std::string_view hear_banner_behind(std::string_view line, Recognised& found) {
  const std::size_t at = std::min(line.find("Intel"), line.find("Firmware Update Utility"));
  const auto banner = at == line.npos ? std::nullopt : as_banner(line.substr(at));
  if (!banner) return line;
  found.version = banner->version;
  found.told.insert(found.told.end(), banner->told.begin(), banner->told.end());
  return line.substr(0, at);
}

std::optional<Recognised> as_command(std::string_view line) {
  bool prompted = false;
  const std::string_view rest = without_prompt(line, prompted);
  if (rest.empty()) return std::nullopt;
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const Tool tool = program_of(rest.substr(0, end));
  if (tool == Tool::unknown) return std::nullopt;
  const std::vector<std::string> words = words_of(rest);
  if (!prompted && !is_program_file(words[0]) && !could_be_typed(words)) return std::nullopt;
  Recognised found{.kind = LineKind::command, .tool = tool, .opens = true};
  const std::string program = lower_case(words[0]);
  if (has(program, "win") || program.ends_with("64.exe"))
    found.told.push_back({Fact::host_system, "windows"});
  // The 64-bit tools and the switch -f came with generation 6.
  if (program.find("64") != program.npos || has_switch(words, "f"))
    found.generation = kFirstUnknownGeneration;
  found.words = words_of(hear_banner_behind(rest, found));
  return found;
}

// --- FWUpdLcl ---

Recognised update_line(std::vector<Told> told = {}) {
  return {.kind = LineKind::content, .tool = Tool::fwupdlcl, .told = std::move(told)};
}

constexpr std::string_view kConnecting = "Trying to connect to MEI driver.";
constexpr std::string_view kConnected = " driver, version:";

std::optional<Recognised> as_connecting(std::string_view line) {
  const bool opens = begins_printed(line, kConnecting);
  if (!opens && !begins_printed(line, "Connected to ")) return std::nullopt;
  const std::size_t version = find_printed(line, kConnected);
  Recognised found = update_line();
  found.opens = opens;
  if (version == line.npos) return found;
  found.told.push_back({Fact::host_system, "windows"});
  found.told.push_back(
      {Fact::mei_driver_version, std::string(trimmed(line.substr(version + kConnected.size())))});
  return found;
}

/// Numbers that FWUpdLcl has to itself; MEInfo's and MEManuf's begin at 9249.
constexpr bool is_updates_number(std::uint32_t number) {
  return number >= 8192 && number < 9000;
}

std::optional<Recognised> as_error(std::string_view line) {
  if (line.starts_with('"')) line.remove_prefix(1);  // in a person's own words
  // Generation 2's have no number.
  if (begins_printed(line, "Error: ")) {
    Recognised found = update_line({{Fact::error, std::string(trimmed(line.substr(7)))}});
    found.joins = true;
    return found;
  }
  if (!begins_printed(line, "Error ") && !begins_printed(line, "Error(")) return std::nullopt;
  const auto number = number_behind(line.substr(5));
  if (!number) return std::nullopt;
  const bool in_brackets = trimmed(line.substr(5)).starts_with('(');
  Recognised found = update_line({{Fact::error, std::to_string(*number)}});
  if (in_brackets && line.find(')') == line.npos) found.told.clear();  // the paste ends in it
  if (!is_updates_number(*number)) {
    const bool of_info = find_printed(line, "Communication error between application") != line.npos;
    found.tool = of_info ? Tool::meinfo : Tool::unknown;
  }
  // Up to generation 5 the number stands in brackets.
  if (!in_brackets) found.generation = kFirstUnknownGeneration;
  found.joins = found.tool != Tool::fwupdlcl;
  return found;
}

bool is_success(std::string_view line) {
  const std::string text = lower_case(line);
  const bool subject = text.starts_with("fw update") || text.starts_with("firmware update");
  return subject &&
         (has(text, "is complete") || has(text, "completed success") || has(text, "successful"));
}

/// Lines that only the tools from generation 6 on print.
constexpr std::array<std::string_view, 5> kLaterUpdateLines = {
    "Checking firmware parameters", "Communication Mode: MEI",
    "Sending the update image to FW for verification",
    "Warning: Do not exit the process or power off", "Trying to receive update status"};

std::optional<Recognised> as_later_update_line(std::string_view line) {
  for (const std::string_view text : kLaterUpdateLines) {
    if (!line.starts_with(text)) continue;
    Recognised found = update_line();
    found.generation = kFirstUnknownGeneration;
    return found;
  }
  return std::nullopt;
}

struct UpdateLabel {
  std::string_view label;
  Fact fact;
};
/// Version and SKU are of the flash until the image's block begins; the reader knows where it is.
constexpr std::array kUpdateLabels = {
    UpdateLabel{"Version", Fact::firmware_version},
    UpdateLabel{"Last Update Staus", Fact::last_update_status},
    UpdateLabel{"Last Update Status", Fact::last_update_status},
    UpdateLabel{"SKU", Fact::sku},
    UpdateLabel{"EnabledUpdateInterfaces", Fact::enabled_interfaces},
    UpdateLabel{"Communication Mode", Fact::communication_mode},
};

constexpr std::string_view kUploading = "FW image is uploading through";

std::string without_brackets(std::string_view value) {
  if (value.starts_with('(') && value.ends_with(')')) value = value.substr(1, value.size() - 2);
  return std::string(trimmed(value));
}

std::optional<Recognised> as_update_line(std::string_view line) {
  if (auto found = as_connecting(line)) return found;
  if (auto found = as_error(line)) return found;
  if (line.starts_with("*") && (find_printed(line, "Flash Info") != line.npos ||
                                find_printed(line, "Image Info") != line.npos))
    return update_line();
  if (begins_printed(line, kUploading)) return update_line({{Fact::uploading, std::string(line)}});
  if (is_success(line)) return update_line({{Fact::error, "0"}});
  if (auto found = as_later_update_line(line)) return found;
  if (line.starts_with(": ")) return update_line();
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const std::string_view label = trimmed(line.substr(0, colon));
  const std::string_view value = trimmed(line.substr(colon + 1));
  for (const UpdateLabel& row : kUpdateLabels) {
    if (!same_letters(row.label, label)) continue;
    // MEInfo 4 has a "SKU: ASF IAMT ITPM" of its own, and people have versions of much.
    if (row.fact == Fact::sku && !value.starts_with('(')) return std::nullopt;
    const bool printed = value.empty() || (version_in(value) && begins_printed(line, row.label));
    if (row.fact == Fact::firmware_version && !printed) return std::nullopt;
    return update_line({{row.fact, without_brackets(value)}});
  }
  return std::nullopt;
}

// --- MEInfo ---

Recognised info_line(std::vector<Told> told = {}) {
  return {.kind = LineKind::content, .tool = Tool::meinfo, .told = std::move(told)};
}

/// "Flash: 5.0.1 Netstack: 5.0.1" is two facts in one line.
std::optional<Recognised> as_version_pair(std::string_view line) {
  const std::size_t first = line.find(':');
  const std::string_view label = trimmed(line.substr(0, first));
  if (!same_letters(label, "Flash") && !same_letters(label, "Apps")) return std::nullopt;
  const std::size_t second = line.find(':', first + 1);
  if (second == line.npos) return std::nullopt;
  const std::string_view middle = trimmed(line.substr(first + 1, second - first - 1));
  const std::size_t gap = middle.find(' ');
  if (gap == middle.npos) return std::nullopt;
  const auto left = meinfo_fact(label);
  const auto right = meinfo_fact(trimmed(middle.substr(gap)));
  if (!left || !right) return std::nullopt;
  Recognised found = info_line({{*left, std::string(middle.substr(0, gap))},
                                {*right, std::string(trimmed(line.substr(second + 1)))}});
  found.generation = 5;
  return found;
}

/// Lines without a value. Those that only one dialect has tell it.
struct PlainLine {
  std::string_view text;
  bool opens;
  std::uint16_t generation;
};
constexpr std::array kPlainLines = {
    PlainLine{"Reading Fw Status Register", true, 5},
    PlainLine{"AMT SKU Found.", true, 4},
    PlainLine{"Please check if the Wireless card is installed", false, 4},
};

struct DialectLabel {
  Fact fact;
  std::uint16_t generation;
};
/// Labels that only one dialect has.
constexpr std::array kDialectLabels = {
    DialectLabel{Fact::sku_names, 4},
    DialectLabel{Fact::amt_mode, 4},
    DialectLabel{Fact::wireless_mac_address, 4},
    DialectLabel{Fact::wireless_driver, 4},
    DialectLabel{Fact::firmware_status, 5},
    DialectLabel{Fact::capabilities, 5},
    DialectLabel{Fact::manageability_mode, 5},
    DialectLabel{Fact::configuration_mode, 5},
    DialectLabel{Fact::ip_address, 5},
};

/// How lines begin that only the tools from generation 6 on print: first those with the firmware's
/// version. Generation 11 sets values apart by blanks alone.
constexpr std::array<std::string_view, 13> kLaterInfoLines = {"FW Version",
                                                              "FW Status Register1",
                                                              "FW Status Register2",
                                                              "PCH Version",
                                                              "Gbe Version",
                                                              "GbE Version",
                                                              "GBE Region",
                                                              "GbE Region",
                                                              "CurrentState:",
                                                              "ManufacturingMode:",
                                                              "Host Read Access to ME",
                                                              "Windows OS Version",
                                                              "General FW Information"};

std::optional<Recognised> as_later_info_line(std::string_view line) {
  for (const std::string_view text : kLaterInfoLines) {
    if (!line.starts_with(text)) continue;
    Recognised found = info_line();
    found.generation = kFirstUnknownGeneration;
    const auto version = version_in(line.substr(text.size()));
    if (text != "FW Version" || !version) return found;
    found.generation = version->major;
    found.told.push_back({Fact::later_version, to_text(*version)});
    return found;
  }
  return std::nullopt;
}

/// Of "Intel(R) AMT code versions:".
std::optional<std::string_view> brand_in(std::string_view line) {
  constexpr std::string_view kVersionsTitle = " code versions";
  if (!line.ends_with(':')) return std::nullopt;
  const std::string_view title = trimmed(line.substr(0, line.size() - 1));
  if (title.size() < kVersionsTitle.size() ||
      !same_letters(title.substr(title.size() - kVersionsTitle.size()), kVersionsTitle))
    return std::nullopt;
  if (!begins_printed(title, "Intel(R)")) return std::nullopt;
  return title.substr(0, title.size() - kVersionsTitle.size());
}

std::optional<Recognised> as_info_line(std::string_view line) {
  if (auto found = as_later_info_line(line)) return found;
  for (const PlainLine& row : kPlainLines) {
    if (!begins_printed(line, row.text)) continue;
    Recognised found = info_line();
    found.opens = row.opens;
    found.generation = row.generation;
    return found;
  }
  if (const auto brand = brand_in(line)) {
    if (!same_letters(*brand, "Intel(R) ME"))
      return info_line({{Fact::brand, std::string(*brand)}});
    Recognised later = info_line();
    later.generation = kFirstUnknownGeneration;
    return later;
  }
  if (is_capability_name(line)) return info_line();
  if (auto found = as_version_pair(line)) return found;
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const auto fact = meinfo_fact(trimmed(line.substr(0, colon)));
  if (!fact) return std::nullopt;
  Recognised found = info_line({{*fact, std::string(trimmed(line.substr(colon + 1)))}});
  const auto version = protocol::parse_firmware_version(found.told[0].value);
  if (*fact == Fact::mebx_version && version && version->major > kLastGeneration)
    found.generation = version->major;
  for (const DialectLabel& row : kDialectLabels) {
    if (row.fact == *fact) found.generation = row.generation;
  }
  if (*fact == Fact::mac_address && begins_printed(line, "Host")) found.generation = 4;
  return found;
}

// --- anybody's ---

bool is_copyright(std::string_view line) {
  return begins_printed(line, "Copyright") && find_printed(line, "Intel") != line.npos;
}

/// A forum that re-flows what is pasted puts the banner behind it.
Recognised copyright(std::string_view line) {
  const std::size_t banner = line.find("Intel(R) ME");
  const auto found = banner == line.npos ? std::nullopt : as_banner(line.substr(banner));
  return found ? *found : Recognised{.kind = LineKind::copyright};
}

bool is_ornament(std::string_view line) {
  return line.find_first_not_of("*-=_.#~+` ") == line.npos;
}

Recognised complaint(std::string_view line) {
  Recognised found{.kind = LineKind::complaint, .tool = Tool::meinfo};
  found.told.push_back({Fact::host_system, "windows"});
  constexpr std::string_view kError = "err:";
  const std::size_t at = line.find(kError);
  const auto number =
      at == line.npos ? std::nullopt : number_behind(line.substr(at + kError.size()));
  if (number)
    found.told.push_back({Fact::registers_blocked, "service error " + std::to_string(*number)});
  return found;
}

}  // namespace

Recognised recognise(std::string_view line) {
  if (line.empty()) return {.kind = LineKind::blank};
  if (is_ornament(line)) return {.kind = LineKind::ornament};
  if (is_copyright(line)) return copyright(line);
  if (line.starts_with("PMXUtil:")) return complaint(line);
  if (auto found = as_banner(line)) return *found;
  if (auto found = as_command(line)) return *found;
  if (auto found = as_update_line(line)) return *found;
  if (auto found = as_info_line(line)) return *found;
  return {.kind = LineKind::unknown};
}

bool begins_a_line_of(Tool tool, std::string_view text) {
  constexpr std::size_t kShortest = 8;
  const auto begins = [&](std::string_view whole) {
    return text.size() < whole.size() && same_letters(whole.substr(0, text.size()), text);
  };
  if (text.size() < kShortest) return false;
  if (tool == Tool::fwupdlcl) {
    return begins(kConnecting) || begins(kUploading) ||
           std::any_of(kUpdateLabels.begin(), kUpdateLabels.end(),
                       [&](const UpdateLabel& row) { return begins(row.label); });
  }
  // Another tool's banner begins like a brand.
  if (tool != Tool::meinfo || begins_printed(text, "Intel")) return false;
  return begins_a_label(text) ||
         std::any_of(kPlainLines.begin(), kPlainLines.end(),
                     [&](const PlainLine& row) { return begins(row.text); });
}

}  // namespace scenarios::field
