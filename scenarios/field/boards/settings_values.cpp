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

void write_local_update(ProfileWriter& out) {
  const Observation* seen = out.source().find(Fact::local_update).seen;
  const auto told = seen != nullptr ? toml_of(Fact::local_update, seen->value) : std::nullopt;
  out.tell_or_assume("local_update", Fact::local_update, "\"enabled\"", "no log shows it");
  if (told == "\"password\"") out.assume("update_password", "\"unknown\"", "no log shows it");
}

bool says(const Observation* seen, std::string_view word) {
  return seen != nullptr && same_letters(seen->value, word);
}

/// What is seen is the board's: an override that would have it otherwise is not the model's, which
/// then goes by the option alone (docs/fidelity.md, fw-local-rule).
void write_override(ProfileWriter& out) {
  const Observation* local = out.source().find(Fact::local_update).seen;
  const Observation* qualifier = out.source().find(Fact::override_qualifier).seen;
  const Observation* counter = out.source().find(Fact::override_counter).seen;
  if (is_overruled(local, qualifier, counter)) {
    out.assume("override_counter", "255", "always");
    return out.derive("override_qualifier", "\"never\"", *local,
                      "with the override that is shown, the model would have it otherwise");
  }
  out.tell_or_assume("override_counter", Fact::override_counter, as_counter, "255", "always");
  out.tell_or_assume("override_qualifier", Fact::override_qualifier, "\"always\"",
                     "the default of set-up");
}

}  // namespace

bool is_overruled(const Observation* local_update, const Observation* qualifier,
                  const Observation* counter) {
  const auto told = local_update != nullptr ? toml_of(Fact::local_update, local_update->value)
                                            : std::optional<std::string>();
  if (!told || says(qualifier, "Never")) return false;
  const bool counted_out = counter != nullptr && as_counter(counter->value) == "0";
  const bool always = qualifier == nullptr || says(qualifier, "Always");  // it is assumed so
  const bool is_closed = told == "\"disabled\"";
  return counted_out ? !is_closed : always && is_closed;
}

void write_settings(ProfileWriter& out, const protocol::Generation& defaults,
                    const Observation* through_tpm) {
  out.table("settings");
  out.tell_or_assume("last_update_status", Fact::last_update_status, as_number, "0",
                     "no update has been tried");
  write_interfaces(out, defaults, through_tpm);
  write_local_update(out);
  write_override(out);
  out.tell_or_assume("provisioning_state", Fact::configuration_state, "\"pre\"", "no log shows it");
  write_mode(out);
  out.tell_or_assume("remote_connectivity", Fact::remote_connectivity, "false", "no log shows it");
}

}  // namespace scenarios::field
