// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boards/settings_values.h"

#include "protocol/mei/fwu.h"
#include "protocol/sku.h"
#include "scenarios/field/boards/firmware_values.h"
#include "scenarios/field/reading/spelling.h"
#include "scenarios/field/reading/value_words.h"

namespace scenarios::field {
namespace {

namespace sku = protocol::sku;

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

void write_interfaces(ProfileWriter& out, const protocol::Generation& defaults,
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

}  // namespace

void write_settings(ProfileWriter& out, const protocol::Generation& defaults,
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

}  // namespace scenarios::field
