// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/firmware_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "protocol/mei/fwu.h"
#include "scenarios/field/spelling.h"
#include "scenarios/field/tpm_values.h"
#include "scenarios/field/value_words.h"

namespace scenarios::field {
namespace {

namespace sku = protocol::sku;

/// The capabilities that FWUpdLcl's SKU shows as well.
constexpr std::uint32_t kShared =
    sku::kQst | sku::kAsf2 | sku::kAmtPro | sku::kStandardManageability | sku::kTpm;

struct SkuWord {
  std::string_view word;
  std::uint32_t bit;
};
/// As MEInfo 4 writes them.
constexpr SkuWord kSkuWords[] = {{"ASF", sku::kAsf2},
                                 {"IAMT", sku::kAmtPro},
                                 {"ITPM", sku::kTpm},
                                 {"QST", sku::kQst},
                                 {"STDMNG", sku::kStandardManageability}};

std::uint32_t bits_of_words(const std::string& words) {
  std::uint32_t bits = 0;
  const std::string padded = " " + words + " ";
  for (const SkuWord& row : kSkuWords) {
    if (padded.find(" " + std::string(row.word) + " ") != padded.npos) bits |= row.bit;
  }
  return bits;
}

std::optional<std::uint32_t> decimal(const Observation* seen) {
  if (seen == nullptr) return std::nullopt;
  std::uint32_t number = 0;
  const std::string& text = seen->value;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string hex(std::uint32_t number) {
  return fmt::format("0x{:X}", number);
}

std::optional<std::string> as_firmware_status(const std::string& value) {
  const auto number = as_hex_number(value);
  const bool fits = number && (number->size() < 10 || (*number)[2] < '8');
  return fits ? number : std::nullopt;
}

std::optional<std::string> as_counter(const std::string& value) {
  if (const auto word = toml_of(Fact::override_counter, value)) return word;
  const auto number = as_number(value);
  return number && number->size() <= 3 && std::stoi(*number) <= 255 ? number : std::nullopt;
}

/// A mask of 16 bits.
std::optional<std::string> as_interfaces(const std::string& value) {
  const auto number = as_number(value);
  return number && std::stoul(*number) <= 0xFFFF ? number : std::nullopt;
}

std::optional<std::string> as_manageability(const std::string& value) {
  const auto word = toml_of(Fact::manageability_mode, value);
  return word || !begins_printed(value, "Intel(R)") ? word : "\"amt\"";
}

/// Four numbers up to 255.
std::optional<std::string> as_ipv4(const std::string& value) {
  std::size_t numbers = 0;
  for (std::size_t at = 0; at <= value.size() && numbers < 5; ++numbers) {
    const std::size_t end = std::min(value.find('.', at), value.size());
    const std::string part = value.substr(at, end - at);
    const bool digits = !part.empty() && part.size() <= 3 &&
                        part.find_first_not_of("0123456789") == std::string::npos;
    if (!digits || std::stoi(part) > 255) return std::nullopt;
    at = end + 1;
  }
  return numbers == 4 ? as_string(value) : std::nullopt;
}

std::optional<std::string> as_bios_version(const std::string& value) {
  return value.size() <= 64 ? as_string(value) : std::nullopt;
}

void write_wireless(ProfileWriter& out) {
  const auto wireless = out.source().find(Fact::wireless_mac_address);
  if (wireless.seen == nullptr) return;
  const bool there = !is_masked_address(wireless.seen->value);
  out.derive("has_wireless", there ? "true" : "false", *wireless.seen, "from its address line");
  if (!there) return;
  out.table("surroundings.wireless");
  out.tell("mac", Fact::wireless_mac_address, as_address);
}

/// A status that a helper driver could not read is not the register's.
void write_firmware_status(ProfileWriter& out) {
  const FactSource& source = out.source();
  const bool blocked = source.own(Fact::registers_blocked) != nullptr;
  if (!blocked && out.tell("firmware_status", Fact::firmware_status, as_firmware_status)) return;
  const Observation* other = source.of_sibling(Fact::firmware_status);
  const auto value = other != nullptr ? as_firmware_status(other->value) : std::nullopt;
  if (value && *value != "0x0") {
    return out.derive("firmware_status", *value, *other,
                      "read in another state of this board, where the register was in reach");
  }
  out.assume("firmware_status", "0", "no log shows it; opaque");
}

}  // namespace

const Observation* seen_through_tpm(const BoardState& state, const FieldReport& report) {
  for (const std::size_t index : state.runs) {
    const ToolRun& run = report.runs[index];
    const Observation* mode = run.find(Fact::communication_mode);
    if (mode != nullptr && mode->value == "TPM") return mode;
    const Observation* error = run.find(Fact::error);
    if (error != nullptr && error->value == "8721") return error;
  }
  return nullptr;
}

CodeVersion code_version(const FactSource& source, std::uint16_t generation) {
  const auto code = source.find(Fact::flash_version);
  const auto build = source.find(Fact::build_number);
  std::string text = fmt::format("{}.0.0", generation);
  if (code.seen != nullptr && protocol::parse_firmware_version(code.seen->value + ".0"))
    text = code.seen->value;
  std::string number = "0";
  if (build.seen != nullptr && protocol::parse_firmware_version("0.0.0." + build.seen->value))
    number = build.seen->value;
  const std::string whole = text + "." + number;
  return {whole, protocol::parse_firmware_version(whole)->major};
}

namespace {

/// MEInfo's headline names the firmware after this capability.
std::uint32_t branded(const FactSource& source, std::uint32_t bits) {
  const Observation* brand = source.find(Fact::brand).seen;
  if (brand == nullptr) return bits;
  const bool standard = find_printed(brand->value, "Standard Manageability") != std::string::npos;
  return standard ? bits | sku::kStandardManageability : bits & ~sku::kStandardManageability;
}

}  // namespace

std::uint32_t capability_bits(const FactSource& source, const GenerationDefaults& defaults) {
  if (const auto bits = decimal(source.find(Fact::capabilities).seen)) return *bits;
  const auto words = source.find(Fact::sku_names);
  if (words.seen != nullptr) return bits_of_words(words.seen->value);
  if (const auto bits = decimal(source.find(Fact::sku).seen)) return *bits & kShared;
  return branded(source, defaults.capabilities);
}

void write_pci(ProfileWriter& out, const GenerationDefaults& defaults) {
  out.table("pci");
  out.assume(
      "device_id", fmt::format("0x{:04X}", defaults.device_id),
      fmt::format("{}, the chipset of generation {}", defaults.chipset, defaults.generation));
  write_firmware_status(out);
}

namespace {

void write_version(ProfileWriter& out, std::uint16_t generation) {
  const auto code = out.source().find(Fact::flash_version);
  const auto build = out.source().find(Fact::build_number);
  const CodeVersion version = code_version(out.source(), generation);
  const std::string toml = quoted(version.text);
  if (code.seen == nullptr)
    return out.assume("version", toml, "no log tells the firmware's version");
  if (build.seen == nullptr)
    return out.derive("version", toml, *code.seen, "without a build number");
  if (code.provenance == Provenance::observed) return out.observe("version", toml, *code.seen);
  out.derive("version", toml, *code.seen, "in another state of this board");
}

void write_capabilities(ProfileWriter& out, const GenerationDefaults& defaults) {
  const FactSource& source = out.source();
  const std::string bits = hex(capability_bits(source, defaults));
  if (out.tell("capabilities", Fact::capabilities, as_number)) return;
  if (const auto* words = source.find(Fact::sku_names).seen)
    return out.derive("capabilities", bits, *words, "the bits of these names");
  if (const auto* number = source.find(Fact::sku).seen)
    return out.derive("capabilities", bits, *number, "the bits that the update tool lists");
  out.assume("capabilities", bits, "usual for the generation and the firmware's name");
}

void write_sku(ProfileWriter& out, const GenerationDefaults& defaults) {
  if (out.tell("sku", Fact::sku, as_number)) return;
  out.assume("sku", hex(capability_bits(out.source(), defaults)),
             "the capabilities; no log shows it");
}

}  // namespace

void write_firmware(ProfileWriter& out, const GenerationDefaults& defaults,
                    std::uint16_t generation) {
  out.table("firmware");
  write_version(out, generation);
  write_sku(out, defaults);
  write_capabilities(out, defaults);
  out.tell_or_assume("vendor", Fact::vendor, as_hex_number, "0x8086", "Intel");
  out.tell_or_assume("crypto_fuse", Fact::crypto_fuse, "true", "as shipped");
  out.tell_or_assume("flash_protection", Fact::flash_protection, "true", "as shipped");
  out.tell_or_assume("override_strap_behaviour", Fact::override_behaviour, "\"halt\"",
                     "the usual one");
}

namespace {

void write_interfaces(ProfileWriter& out, const GenerationDefaults& defaults,
                      const Observation* through_tpm) {
  namespace fwu = protocol::fwu;
  if (out.tell("enabled_update_interfaces", Fact::enabled_interfaces, as_interfaces)) return;
  const Observation* secure = out.source().find(Fact::secure_update).seen;
  const std::uint32_t base =
      fwu::kInterfaceLocal |
      (secure != nullptr && same_letters(secure->value, "Enabled") ? fwu::kInterfaceSecure : 0u);
  if (through_tpm != nullptr) {
    return out.derive("enabled_update_interfaces", std::to_string(base | fwu::kInterfaceTpm),
                      *through_tpm, "the tool goes through the TPM");
  }
  const bool tpm = (capability_bits(out.source(), defaults) & sku::kTpm) != 0;
  out.assume("enabled_update_interfaces", std::to_string(tpm ? base | fwu::kInterfaceTpm : base),
             "as boards of this kind have it");
}

void write_mode(ProfileWriter& out) {
  if (out.tell("provisioning_mode", Fact::configuration_mode)) return;
  out.tell_or_assume("provisioning_mode", Fact::amt_mode, "\"none\"", "no log shows it");
}

}  // namespace

/// What MEInfo shows of the option is what the override makes of it (docs/fidelity.md,
/// fw-local-rule): always open, while the counter lasts.
bool override_opens(const FactSource& source) {
  const Observation* qualifier = source.find(Fact::override_qualifier).seen;
  const Observation* counter = source.find(Fact::override_counter).seen;
  return qualifier != nullptr && same_letters(qualifier->value, "Always") &&
         (counter == nullptr || as_counter(counter->value) != "0");
}

void write_local_update(ProfileWriter& out) {
  const Observation* seen = out.source().find(Fact::local_update).seen;
  const auto told = seen != nullptr ? toml_of(Fact::local_update, seen->value) : std::nullopt;
  if (told == "\"disabled\"" && override_opens(out.source())) {
    out.refuse("local_update", *seen,
               ", for with the override qualifier \"Always\" the model's firmware shows "
               "\"Enabled\" (fw-local-rule)");
    return out.assume("local_update", *told, "as the line says");
  }
  out.tell_or_assume("local_update", Fact::local_update, "\"enabled\"", "no log shows it");
  if (told == "\"password\"") out.assume("update_password", "\"unknown\"", "no log shows it");
}

void write_settings(ProfileWriter& out, const GenerationDefaults& defaults,
                    const Observation* through_tpm) {
  out.table("settings");
  out.tell_or_assume("last_update_status", Fact::last_update_status, as_number, "0",
                     "no update has been tried");
  write_interfaces(out, defaults, through_tpm);
  write_local_update(out);
  out.tell_or_assume("override_counter", Fact::override_counter, as_counter, "255", "always");
  out.tell_or_assume("override_qualifier", Fact::override_qualifier, "\"always\"",
                     "the default of set-up");
  out.tell_or_assume("provisioning_state", Fact::configuration_state, "\"pre\"", "no log shows it");
  write_mode(out);
  out.tell_or_assume("remote_connectivity", Fact::remote_connectivity, "false", "no log shows it");
}

void write_surroundings(ProfileWriter& out) {
  out.table("surroundings");
  out.tell_or_assume("bios_version", Fact::bios_version, as_bios_version, "\"unknown\"",
                     "no log shows it");
  out.tell_or_assume("mebx_version", Fact::mebx_version, as_version, "\"0.0.0.0\"",
                     "no log shows it");
  out.tell_or_assume("bios_boot_state", Fact::boot_state, "\"post_boot\"", "a tool was running");
  out.tell_or_assume("manageability_mode", Fact::manageability_mode, as_manageability, "\"amt\"",
                     "no log shows it");
  out.tell_or_assume("reset_reason", Fact::reset_reason, "\"power_up\"", "no log shows it");
  write_wireless(out);
  out.table("surroundings.wired");
  out.assume("enabled", "true", "no log shows it");
  out.tell_or_assume("ipv4", Fact::ip_address, as_ipv4, "\"0.0.0.0\"", "no log shows it");
  out.tell_or_assume("link_up", Fact::link_status, "false", "no log shows it");
  out.tell_or_assume("mac", Fact::mac_address, as_address, "\"02-00-00-00-00-01\"",
                     "invented, locally administered: no log shows one");
}

void write_update(ProfileWriter& out) {
  out.table("update");
  out.assume("data_processing", "\"52ms\"",
             "a whole update takes some four minutes, the only public figure");
}

std::string host_system(const FactSource& source, const GenerationDefaults& defaults) {
  const Observation* seen = source.own(Fact::host_system);
  return seen != nullptr ? seen->value : defaults.system;
}

void write_host(ProfileWriter& out, const GenerationDefaults& defaults) {
  const std::string system = host_system(out.source(), defaults);
  out.table("host");
  if (const Observation* seen = out.source().own(Fact::host_system))
    out.derive("system", quoted(system), *seen, "what the tool found there");
  else
    out.assume("system", quoted(system), "no log shows it");
  out.table("host." + system);
  out.tell("mei_driver_version", Fact::mei_driver_version, as_string);
  for (const auto& [key, fact] :
       {std::pair{"lms_version", Fact::lms_version}, std::pair{"uns_version", Fact::uns_version}}) {
    const Observation* seen = out.source().own(fact);
    // "Not available" is how the tool says that there is none.
    if (seen != nullptr && !same_letters(seen->value, "Not available"))
      out.tell(key, fact, as_string);
  }
  if (const Observation* blocked = out.source().own(Fact::registers_blocked))
    out.derive("register_access_blocked", "true", *blocked, blocked->value);
  const auto lockout = lockout_lines(out.source().state());
  if (lockout && lockout->read_late)
    out.derive("lockout_read_late", "3", *out.source().own(Fact::tpm_threshold),
               "only the record's end is in these numbers");
}

}  // namespace scenarios::field
