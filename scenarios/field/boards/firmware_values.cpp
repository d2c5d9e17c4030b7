// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/firmware_values.h"

#include <fmt/format.h>

#include <charconv>

#include "protocol/pci/heci_functions.h"
#include "protocol/sku.h"
#include "protocol/tools/meinfo_words.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

namespace sku = protocol::sku;
using protocol::update::ToolError;

/// The capabilities that FWUpdLcl's SKU shows as well.
constexpr std::uint32_t kShared =
    sku::kQst | sku::kAsf2 | sku::kAmtPro | sku::kStandardManageability | sku::kTpm;

/// Of names as MEInfo 4 writes them.
std::uint32_t bits_of_words(const std::string& words) {
  std::uint32_t bits = 0;
  const std::string padded = " " + words + " ";
  for (const protocol::tools::Word& row : protocol::tools::kSkuNameRows) {
    if (padded.find(" " + std::string(row.text) + " ") != padded.npos) bits |= row.value;
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

/// MEInfo's headline names the firmware after this capability.
std::uint32_t branded(const FactSource& source, std::uint32_t bits) {
  const Observation* brand = source.find(Fact::brand).seen;
  if (brand == nullptr) return bits;
  const bool standard = find_printed(brand->value, "Standard Manageability") != std::string::npos;
  return standard ? bits | sku::kStandardManageability : bits & ~sku::kStandardManageability;
}

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

void write_capabilities(ProfileWriter& out, const protocol::Generation& defaults) {
  const FactSource& source = out.source();
  const std::string bits = hex(capability_bits(source, defaults));
  if (out.tell("capabilities", Fact::capabilities, as_number)) return;
  if (const auto* words = source.find(Fact::sku_names).seen)
    return out.derive("capabilities", bits, *words, "the bits of these names");
  if (const auto* number = source.find(Fact::sku).seen)
    return out.derive("capabilities", bits, *number, "the bits that the update tool lists");
  out.assume("capabilities", bits, "usual for the generation and the firmware's name");
}

void write_sku(ProfileWriter& out, const protocol::Generation& defaults) {
  if (out.tell("sku", Fact::sku, as_number)) return;
  out.assume("sku", hex(capability_bits(out.source(), defaults)),
             "the capabilities; no log shows it");
}

}  // namespace

const Observation* seen_through_tpm(const ReportedBoard& state, const FieldReport& report) {
  for (const std::size_t index : state.runs) {
    const ToolRun& run = report.runs[index];
    const Observation* mode = run.find(Fact::communication_mode);
    if (mode != nullptr && names_tpm(*mode)) return mode;
    const Observation* error = run.find(Fact::error);
    if (error != nullptr && is_error(*error, ToolError::tpm_update_required)) return error;
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

std::uint32_t capability_bits(const FactSource& source, const protocol::Generation& defaults) {
  if (const auto bits = decimal(source.find(Fact::capabilities).seen)) return *bits;
  const auto words = source.find(Fact::sku_names);
  if (words.seen != nullptr) return bits_of_words(words.seen->value);
  if (const auto bits = decimal(source.find(Fact::sku).seen)) return *bits & kShared;
  return branded(source, defaults.usual.capabilities);
}

void write_pci(ProfileWriter& out, const protocol::Generation& defaults) {
  out.table("pci");
  out.assume("device_id", fmt::format("0x{:04X}", defaults.usual.device_id),
             fmt::format("{}, the chipset of generation {}",
                         protocol::pci::find_heci_function(defaults.usual.device_id)->chipset,
                         defaults.major));
  write_firmware_status(out);
}

void write_firmware(ProfileWriter& out, const protocol::Generation& defaults,
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

void write_update(ProfileWriter& out) {
  out.table("update");
  out.assume("data_processing", "\"52ms\"",
             "a whole update takes some four minutes, the only public figure");
}

}  // namespace scenarios::field
