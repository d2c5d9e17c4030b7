// SPDX-License-Identifier: BSD-3-Clause
// Wording: the logs in scenarios/field-reports/; of generations 6 to 11 the banners and error lines
// that owners' posts show.
#include "scenarios/field/recognise.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace scenarios::field {
namespace {

std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

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

// --- command lines ---

Tool program_of(std::string_view word) {
  const std::size_t slash = word.find_last_of("\\/");
  if (slash != word.npos) word.remove_prefix(slash + 1);
  const std::string program = lower_case(word);
  if (program.starts_with("fwupdlcl") || program.starts_with("meupd")) return Tool::fwupdlcl;
  if (program.starts_with("meinfo")) return Tool::meinfo;
  if (program.starts_with("memanuf")) return Tool::memanuf;
  return Tool::unknown;
}

/// "C:\DRIVERS\WIN\ME>" off the front.
std::string_view without_prompt(std::string_view line, bool& prompted) {
  const bool drive = line.size() > 2 && line[1] == ':' && line[2] == '\\';
  const std::size_t end = drive ? line.find('>') : line.npos;
  prompted = end != line.npos;
  return prompted ? trimmed(line.substr(end + 1)) : line;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!(text = trimmed(text)).empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

bool is_program_file(std::string_view word) {
  const std::string name = lower_case(word);
  return name.ends_with(".exe") || name.ends_with(".cmd") || name.ends_with(".bat") ||
         name.ends_with(".efi");
}

std::optional<Recognised> as_command(std::string_view line) {
  bool prompted = false;
  const std::string_view rest = without_prompt(line, prompted);
  if (rest.empty()) return std::nullopt;
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const Tool tool = program_of(rest.substr(0, end));
  if (tool == Tool::unknown) return std::nullopt;
  std::vector<std::string> words = words_of(rest);
  const bool has_switch = words.size() > 1 && (words[1][0] == '-' || words[1].ends_with(".bin"));
  if (!prompted && !is_program_file(words[0]) && !has_switch) return std::nullopt;
  Recognised found{.kind = LineKind::command, .tool = tool, .opens = true};
  if (has(lower_case(words[0]), "win")) found.told.push_back({Fact::host_system, "windows"});
  found.words = std::move(words);
  return found;
}

// --- banners ---

struct Banner {
  std::string_view text;
  Tool tool;
};
constexpr std::array kBanners = {
    Banner{"meinfo", Tool::meinfo},
    Banner{"memanuf", Tool::memanuf},
    Banner{"firmware update utility", Tool::fwupdlcl},
};

std::optional<Recognised> as_banner(std::string_view line) {
  const std::string text = lower_case(line);
  const std::size_t at = text.find("version");
  if (at == text.npos || (!text.starts_with("intel") && !text.starts_with("firmware"))) return {};
  for (const Banner& banner : kBanners) {
    const std::size_t named = text.find(banner.text);
    if (named == text.npos || named > at) continue;
    Recognised found{.kind = LineKind::banner, .tool = banner.tool, .version = version_in(line)};
    if (has(text.substr(0, at), " win ")) found.told.push_back({Fact::host_system, "windows"});
    return found;
  }
  return std::nullopt;
}

// --- FWUpdLcl ---

Recognised update_line(std::vector<Told> told = {}) {
  return {.kind = LineKind::content, .tool = Tool::fwupdlcl, .told = std::move(told)};
}

constexpr std::string_view kConnecting = "Trying to connect to MEI driver.";
constexpr std::string_view kConnected = "Connected to HECI driver, version:";

std::optional<Recognised> as_connecting(std::string_view line) {
  const std::size_t version = line.find(kConnected);
  if (!line.starts_with(kConnecting) && version == line.npos) return std::nullopt;
  Recognised found = update_line();
  found.opens = line.starts_with(kConnecting);
  if (version == line.npos) return found;
  found.told.push_back({Fact::host_system, "windows"});
  found.told.push_back(
      {Fact::mei_driver_version, std::string(trimmed(line.substr(version + kConnected.size())))});
  return found;
}

/// "Error (8721): ..." and the later "Error 8741: ..."
std::optional<Recognised> as_error(std::string_view line) {
  if (!line.starts_with("Error ")) return std::nullopt;
  std::string_view rest = trimmed(line.substr(6));
  if (rest.starts_with('(')) rest.remove_prefix(1);
  std::uint32_t number = 0;
  const auto parsed = std::from_chars(rest.data(), rest.data() + rest.size(), number);
  if (parsed.ec != std::errc{}) return std::nullopt;
  return update_line({{Fact::error, std::to_string(number)}});
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

std::string without_brackets(std::string_view value) {
  if (value.starts_with('(') && value.ends_with(')')) value = value.substr(1, value.size() - 2);
  return std::string(trimmed(value));
}

std::optional<Recognised> as_update_line(std::string_view line) {
  if (auto found = as_connecting(line)) return found;
  if (auto found = as_error(line)) return found;
  if (line.starts_with("*") && (has(line, "Flash Info") || has(line, "Image Info")))
    return update_line();
  if (line.starts_with("FW image is uploading through"))
    return update_line({{Fact::uploading, std::string(line)}});
  if (line.starts_with("FW update is complete")) return update_line({{Fact::error, "0"}});
  if (line.starts_with(": ")) return update_line();
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const std::string_view label = trimmed(line.substr(0, colon));
  const std::string_view value = trimmed(line.substr(colon + 1));
  for (const UpdateLabel& row : kUpdateLabels) {
    if (row.label != label) continue;
    // MEInfo 4 has a "SKU: ASF IAMT ITPM" of its own.
    if (row.fact == Fact::sku && !value.starts_with('(')) return std::nullopt;
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
  if (!line.starts_with("Flash:") && !line.starts_with("Apps:")) return std::nullopt;
  const std::size_t first = line.find(':');
  const std::size_t second = line.find(':', first + 1);
  if (second == line.npos) return std::nullopt;
  const std::string_view middle = trimmed(line.substr(first + 1, second - first - 1));
  const std::size_t gap = middle.find(' ');
  if (gap == middle.npos) return std::nullopt;
  const auto left = meinfo_fact(trimmed(line.substr(0, first)));
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

std::optional<Recognised> as_info_line(std::string_view line) {
  for (const PlainLine& row : kPlainLines) {
    if (!line.starts_with(row.text)) continue;
    Recognised found = info_line();
    found.opens = row.opens;
    found.generation = row.generation;
    return found;
  }
  constexpr std::string_view kTitle = " code versions:";
  if (line.ends_with(kTitle))
    return info_line({{Fact::brand, std::string(line.substr(0, line.size() - kTitle.size()))}});
  if (is_capability_name(line)) return info_line();
  if (auto found = as_version_pair(line)) return found;
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return std::nullopt;
  const auto fact = meinfo_fact(trimmed(line.substr(0, colon)));
  if (!fact) return std::nullopt;
  Recognised found = info_line({{*fact, std::string(trimmed(line.substr(colon + 1)))}});
  for (const DialectLabel& row : kDialectLabels) {
    if (row.fact == *fact) found.generation = row.generation;
  }
  if (*fact == Fact::mac_address && line.starts_with("Host")) found.generation = 4;
  return found;
}

// --- anybody's ---

bool is_copyright(std::string_view line) {
  return line.starts_with("Copyright") && has(line, "Intel");
}

bool is_ornament(std::string_view line) {
  return line.find_first_not_of("*-=_.#~+ ") == line.npos;
}

Recognised complaint(std::string_view line) {
  Recognised found{.kind = LineKind::complaint, .tool = Tool::meinfo};
  found.told.push_back({Fact::host_system, "windows"});
  if (has(line, "1275")) found.told.push_back({Fact::registers_blocked, "service error 1275"});
  return found;
}

}  // namespace

Recognised recognise(std::string_view line) {
  if (line.empty()) return {.kind = LineKind::blank};
  if (is_ornament(line)) return {.kind = LineKind::ornament};
  if (is_copyright(line)) return {.kind = LineKind::copyright};
  if (line.starts_with("PMXUtil:")) return complaint(line);
  if (auto found = as_banner(line)) return *found;
  if (auto found = as_command(line)) return *found;
  if (auto found = as_update_line(line)) return *found;
  if (auto found = as_info_line(line)) return *found;
  return {.kind = LineKind::unknown};
}

}  // namespace scenarios::field
