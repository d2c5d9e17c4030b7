// SPDX-License-Identifier: BSD-3-Clause
// What the engine and the TPM answered `meupdate info`, from the document in its log
// (docs/schema/info.schema.json); of an archive without it the driver's fw_ver.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

#include "base/lines.h"
#include "scenarios/measured/measured_board.h"

namespace scenarios::measured {
namespace {

using Json = nlohmann::json;

enum class Form : std::uint8_t { number, yes_no, text, word, seconds };

struct AnswerRow {
  const char* pointer;  ///< RFC 6901
  std::string_view key;
  Form form;
};

constexpr AnswerRow kAnswers[] = {
    {"/mkhi_version/recovery", "firmware.recovery_version", Form::text},
    {"/mkhi_version/image_tool", "firmware.fitc_version", Form::text},
    {"/version/sku", "firmware.sku", Form::number},
    {"/capabilities/value", "firmware.capabilities", Form::number},
    {"/version/hardware_sku", "firmware.hardware_sku", Form::number},
    {"/version/ich_version", "firmware.ich_version", Form::number},
    {"/version/mch_version", "firmware.mch_version", Form::number},
    {"/version/vendor", "firmware.vendor", Form::number},
    {"/info/flash_override_policy", "firmware.flash_override_policy", Form::number},
    {"/info/crypto_fuse", "firmware.crypto_fuse", Form::yes_no},
    {"/info/flash_protection", "firmware.flash_protection", Form::yes_no},
    {"/override_behaviour", "firmware.override_strap_behaviour", Form::word},
    {"/version/last_update_status", "settings.last_update_status", Form::number},
    {"/version/enabled_update_interfaces", "settings.enabled_update_interfaces", Form::number},
    {"/local_update", "settings.local_update", Form::word},
    {"/info/override_counter", "settings.override_counter", Form::number},
    {"/info/override_qualifier", "settings.override_qualifier", Form::word},
    {"/provisioning_state", "settings.provisioning_state", Form::word},
    {"/provisioning_mode/mode", "settings.provisioning_mode", Form::word},
    {"/remote_connectivity", "settings.remote_connectivity", Form::yes_no},
    {"/security/tls_enabled", "settings.tls_enabled", Form::yes_no},
    {"/code_versions/bios", "surroundings.bios_version", Form::text},
    {"/info/mebx", "surroundings.mebx_version", Form::text},
    {"/info/bios_boot_state", "surroundings.bios_boot_state", Form::word},
    {"/info/manageability_mode", "surroundings.manageability_mode", Form::word},
    {"/info/reset_reason", "surroundings.reset_reason", Form::word},
    {"/wired/enabled", "surroundings.wired.enabled", Form::yes_no},
    {"/wired/dhcp_enabled", "surroundings.wired.dhcp_enabled", Form::yes_no},
    {"/wired/dhcp_mode", "surroundings.wired.dhcp_mode", Form::number},
    {"/wired/link_up", "surroundings.wired.link_up", Form::yes_no},
    {"/update_message_limit", "update.fwu_mtu", Form::number},
    {"/tpm/vendor", "tpm.vendor", Form::text},
    {"/tpm/permanent/fips", "tpm.fips", Form::yes_no},
    {"/tpm/permanent/enabled", "tpm.state.enabled", Form::yes_no},
    {"/tpm/permanent/active_after_restart", "tpm.state.active", Form::yes_no},
    {"/tpm/permanent/owner_install", "tpm.state.owner_install", Form::yes_no},
    {"/tpm/permanent/owner_clear", "tpm.state.owner_clear", Form::yes_no},
    {"/tpm/permanent/presence_lifetime_lock", "tpm.presence.lifetime_lock", Form::yes_no},
    {"/tpm/permanent/presence_command_enabled", "tpm.presence.command_enabled", Form::yes_no},
    {"/tpm/permanent/presence_hardware_enabled", "tpm.presence.hardware_enabled", Form::yes_no},
    {"/tpm/lockout_rule/threshold", "tpm.lockout.threshold", Form::number},
    {"/tpm/lockout_rule/initial_seconds", "tpm.lockout.initial", Form::seconds},
    {"/tpm/lockout_rule/multiplier", "tpm.lockout.multiplier", Form::number},
    {"/tpm/lockout_rule/fade_out_seconds", "tpm.lockout.fade_out", Form::seconds},
};

struct WordRow {
  std::string_view told;     ///< by the document
  std::string_view profile;  ///< empty: a profile would want more than was told
};

/// Other words are the same in lower case, with '_' for a blank.
constexpr WordRow kWords[] = {{"global system reset", "system_reset"},
                              {"not provisioned", "pre"},
                              {"being provisioned", "in"},
                              {"provisioned", "post"},
                              {"with password", ""}};

std::string profile_word(const std::string& told) {
  if (told.starts_with("unknown (")) return {};
  const auto known = std::ranges::find(kWords, told, &WordRow::told);
  if (known != std::end(kWords)) return std::string(known->profile);
  std::string word = told;
  std::ranges::transform(word, word.begin(), [](unsigned char c) {
    return static_cast<char>(c == ' ' ? '_' : std::tolower(c));
  });
  return word;
}

std::string quoted(const std::string& text) {
  return text.empty() ? std::string() : '"' + text + '"';
}

/// As TOML writes it; empty: nothing was told.
std::string toml_of(const Json& told, Form form) {
  if (form == Form::number && told.is_number_unsigned())
    return fmt::format("{}", told.get<std::uint64_t>());
  if (form == Form::seconds && told.is_number_unsigned())
    return fmt::format("\"{}s\"", told.get<std::uint64_t>());
  if (form == Form::yes_no && told.is_boolean()) return told.get<bool>() ? "true" : "false";
  if (!told.is_string()) return {};
  const std::string text = told.get<std::string>();
  // What a stranger's file says goes into another file: nothing that would end the quotes.
  if (text.find_first_of("\"\\\n") != text.npos) return {};
  if (form == Form::text) return quoted(text);
  return form == Form::word ? quoted(profile_word(text)) : std::string();
}

/// The document behind "info" in the log, whose lines are indented by four.
Json document_in(const std::string& log) {
  std::string text;
  for (const std::string& line : base::lines_of(log)) {
    if (text.empty()) {
      const std::size_t begin = line.find("] info {");
      if (begin != line.npos) text = "{\n";
    } else if (line.starts_with("    ")) {
      text += line + "\n";
    } else {
      break;
    }
  }
  Json document = Json::parse(text, nullptr, false);
  return document.is_object() ? document : Json::object();
}

const Json& at(const Json& document, const char* pointer) {
  static const Json nothing;
  const Json::json_pointer place(pointer);
  return document.contains(place) ? document.at(place) : nothing;
}

/// The first line of fw_ver: "0:9.0.2.1345", the code that runs.
void measure_version_file(const Archive& archive, MeasuredBoard& board) {
  const std::string name = archive.first("mei/", "/fw_ver");
  const std::string text = archive.text(name);
  const std::string line = text.substr(0, text.find('\n'));
  const std::string version = line.substr(line.find(':') + 1);
  board.version = protocol::parse_firmware_version(version);
  if (board.version) board.values.push_back({"firmware.version", quoted(version), name});
}

void measure_version(const Json& document, MeasuredBoard& board) {
  const Json& version = at(document, "/running_version");
  const bool recovery = at(document, "/recovery_mode") == Json(true);
  if (!version.is_string() || recovery) return;
  board.version = protocol::parse_firmware_version(version.get<std::string>());
  if (board.version) {
    board.values.push_back(
        {"firmware.version", quoted(to_text(*board.version)), "info.log, running_version"});
  }
}

/// Of an archive without configuration space, from a simulated board.
void measure_device(const Json& document, MeasuredBoard& board) {
  const Json& id = at(document, "/pci_device_id");
  if (board.device_id || !id.is_number_unsigned()) return;
  board.device_id = id.get<std::uint16_t>();
  board.values.push_back(
      {"pci.device_id", fmt::format("0x{:04X}", *board.device_id), "info.log, pci_device_id"});
  std::vector<std::uint32_t> words;
  for (const Json& word : at(document, "/engine_says/words")) {
    if (word.is_number_unsigned()) words.push_back(word.get<std::uint32_t>());
  }
  add_status_words(board, words, "info.log, engine_says/words");
}

void measure_tpm(const Json& document, MeasuredBoard& board) {
  const Json& owned = at(document, "/tpm/owned");
  if (!owned.is_boolean()) return;
  board.values.push_back({"tpm.fitted", "true", "info.log, tpm"});
  board.values.push_back(
      {"tpm.state.ownership", owned.get<bool>() ? "\"owned\"" : "\"unowned\"", "info.log, tpm"});
}

}  // namespace

void measure_answers(const Archive& archive, MeasuredBoard& board) {
  const Json document = document_in(archive.text("info.log"));
  board.simulated = at(document, "/simulated") == Json(true);
  measure_version(document, board);
  if (!board.version) measure_version_file(archive, board);
  measure_device(document, board);
  for (const AnswerRow& row : kAnswers) {
    std::string value = toml_of(at(document, row.pointer), row.form);
    if (value.empty() || value == "\"0.0.0.0\"") continue;
    board.values.push_back({.key = std::string(row.key),
                            .value = std::move(value),
                            .source = fmt::format("info.log, {}", row.pointer + 1)});
  }
  measure_tpm(document, board);
}

}  // namespace scenarios::measured
