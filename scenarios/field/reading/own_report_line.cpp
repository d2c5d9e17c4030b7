// SPDX-License-Identifier: BSD-3-Clause
// Wording: updater/report/info_text.cpp, info_json.cpp, updater/cli/log_file.cpp.
#include "scenarios/field/reading/own_report_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "scenarios/field/reading/log_line.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

Recognised own_line() {
  return {.kind = LineKind::content, .tool = Tool::meupdate};
}

struct OwnLabel {
  std::string_view label;
  std::optional<Fact> fact = {};
};
/// Longer ones before their beginnings.
constexpr std::array kLabels = {
    OwnLabel{"running version", Fact::later_version},
    OwnLabel{"recovery version"},
    OwnLabel{"image tool version"},
    OwnLabel{"PCI function", Fact::pci_id},
    OwnLabel{"firmware status", Fact::status_word_1},
    OwnLabel{"MEBx version", Fact::mebx_version},
    OwnLabel{"last reset"},
    OwnLabel{"BIOS boot state"},
    OwnLabel{"cryptography fuse"},
    OwnLabel{"flash protection"},
    OwnLabel{"on override strap"},
    OwnLabel{"local update", Fact::local_update},
    OwnLabel{"interfaces"},
    OwnLabel{"last update status", Fact::last_update_status},
    OwnLabel{"override counter"},
    OwnLabel{"override qualifier"},
    OwnLabel{"set-up state"},
    OwnLabel{"set-up mode"},
    OwnLabel{"remote connectivity"},
    OwnLabel{"Recovery Build Num"},
    OwnLabel{"Legacy Mode"},
    OwnLabel{"reached through"},
    OwnLabel{"specification"},
    OwnLabel{"FIPS 140-2"},
    OwnLabel{"physical presence"},
    OwnLabel{"presence now"},
    OwnLabel{"lockout rule"},
    OwnLabel{"lockout"},
    OwnLabel{"firmware update"},
    OwnLabel{"capabilities"},
    OwnLabel{"Build Number"},
    OwnLabel{"VendorID"},
    OwnLabel{"Netstack"},
    OwnLabel{"AMTApps"},
    OwnLabel{"Manageability"},
    OwnLabel{"Code versions"},
    OwnLabel{"Not known"},
    OwnLabel{"firmware"},
    OwnLabel{"wireless"},
    OwnLabel{"wired"},
    OwnLabel{"vendor"},
    OwnLabel{"Network"},
    OwnLabel{"Device"},
    OwnLabel{"Update"},
    OwnLabel{"state", Fact::working_state},
    OwnLabel{"Flash"},
    OwnLabel{"BIOS", Fact::bios_version},
    OwnLabel{"name"},
    OwnLabel{"mode"},
    OwnLabel{"TLS"},
    OwnLabel{"TPM"},
    OwnLabel{"AMT"},
    OwnLabel{"SKU"},
};

/// What stands behind `label`; nothing: `line` does not begin with it.
std::optional<std::string_view> value_of(std::string_view line, std::string_view label) {
  if (!same_letters(line.substr(0, label.size()), label)) return std::nullopt;
  const std::string_view rest = line.substr(label.size());
  if (rest.empty()) return rest;
  if (rest[0] != ' ' && rest[0] != ':') return std::nullopt;
  const std::size_t at = rest.find_first_not_of(" :");
  return at == rest.npos ? std::string_view() : rest.substr(at);
}

std::optional<Recognised> as_labelled(std::string_view line) {
  for (const OwnLabel& row : kLabels) {
    const auto value = value_of(line, row.label);
    if (!value) continue;
    Recognised found = own_line();
    if (row.fact && !value->empty()) found.told.push_back({*row.fact, std::string(*value)});
    if (row.fact == Fact::later_version) {
      if (const auto version = protocol::parse_firmware_version(std::string(*value)))
        found.generation = version->major;
    }
    return found;
  }
  return std::nullopt;
}

std::string in_hexadecimal(std::string_view number) {
  std::uint32_t word = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), word);
  return read.ec == std::errc() ? fmt::format("0x{:08X}", word) : std::string(number);
}

/// "\"running_version\": \"5.0.1.1111\","
std::optional<Recognised> as_field(std::string_view line) {
  const bool bracket = line.find_first_not_of("{}[],") == line.npos;
  if (bracket) return own_line();
  if (!line.starts_with('"')) return std::nullopt;
  Recognised found = own_line();
  const std::size_t end = line.find('"', 1);
  const std::string_view key = end == line.npos ? std::string_view() : line.substr(1, end - 1);
  std::string_view value = end == line.npos ? std::string_view() : line.substr(end + 1);
  while (!value.empty() && std::string_view("\": ").find(value.front()) != value.npos)
    value.remove_prefix(1);
  while (!value.empty() && std::string_view("\", ").find(value.back()) != value.npos)
    value.remove_suffix(1);
  if (key == "running_version") {
    found.told.push_back({Fact::later_version, std::string(value)});
    if (const auto version = protocol::parse_firmware_version(std::string(value)))
      found.generation = version->major;
  }
  if (key == "firmware_status") found.told.push_back({Fact::status_word_1, in_hexadecimal(value)});
  if (key == "local_update") found.told.push_back({Fact::local_update, std::string(value)});
  if (key == "last_update_status")
    found.told.push_back({Fact::last_update_status, std::string(value)});
  return found;
}

/// A capability's name in its list, which was taken for a cell with nothing behind it.
bool is_of_a_list(std::string_view line) {
  return line.starts_with("Intel(R)") && line.ends_with(':') && line.find("versions") == line.npos;
}

bool is_of_the_log(std::string_view line) {
  const bool of_the_bus = line.starts_with("mei ") || line.starts_with("tpm ");
  const bool says = line.find(" <- ") != line.npos || line.find(" -> ") != line.npos ||
                    line.ends_with(" closed") || line.find(" connected, ") != line.npos;
  if (of_the_bus && says) return true;
  return line.starts_with("out ") || line == "info {" || line.starts_with("exit ") ||
         line.starts_with("err ");
}

}  // namespace

std::optional<Recognised> begins_own_report(std::string_view line) {
  const bool schema =
      line.starts_with("\"schema\": \"meupdate-") || line.starts_with("{\"schema\":\"meupdate-");
  const bool log = line.starts_with("date ") && line.find(", meupdate ") != line.npos;
  const auto function = value_of(line, "PCI function");
  const bool device = function && function->starts_with("8086:");
  if (!schema && !log && !device) return std::nullopt;
  Recognised found = own_line();
  if (device) found.told.push_back({Fact::pci_id, std::string(function->substr(0, 9))});
  return found;
}

std::optional<Recognised> as_own_report_line(std::string_view line) {
  if (auto found = begins_own_report(line)) return found;
  if (auto found = as_field(line)) return found;
  if (is_of_the_log(line) || is_of_a_list(line)) return own_line();
  if (line.starts_with("run ") && line.find("meupdate") != line.npos) return own_line();
  return as_labelled(line);
}

}  // namespace scenarios::field
