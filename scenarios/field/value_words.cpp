// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/value_words.h"

#include <algorithm>
#include <array>

#include "scenarios/field/spelling.h"

namespace scenarios::field {
namespace {

struct Row {
  Fact fact;
  std::string_view word;
  std::string_view toml = {};  ///< empty: of several keys
};

constexpr std::array kRows = {
    Row{Fact::crypto_fuse, "Enabled", "true"},
    Row{Fact::crypto_fuse, "Disabled", "false"},
    Row{Fact::flash_protection, "Enabled", "true"},
    Row{Fact::flash_protection, "Disabled", "false"},
    Row{Fact::override_behaviour, "Halt", "\"halt\""},
    Row{Fact::override_behaviour, "Continue", "\"continue\""},
    Row{Fact::secure_update, "Enabled"},
    Row{Fact::secure_update, "Disabled"},
    Row{Fact::local_update, "Enabled", "\"enabled\""},
    Row{Fact::local_update, "Disabled", "\"disabled\""},
    Row{Fact::local_update, "Password Protected", "\"password\""},
    Row{Fact::override_counter, "Always", "255"},
    Row{Fact::override_counter, "Never", "0"},
    Row{Fact::override_qualifier, "Always", "\"always\""},
    Row{Fact::override_qualifier, "Never", "\"never\""},
    Row{Fact::override_qualifier, "Restricted", "\"restricted\""},
    Row{Fact::configuration_state, "Not started", "\"pre\""},
    Row{Fact::configuration_state, "In process", "\"in\""},
    Row{Fact::configuration_state, "Completed", "\"post\""},
    Row{Fact::configuration_mode, "None", "\"none\""},
    Row{Fact::configuration_mode, "", "\"none\""},
    Row{Fact::configuration_mode, "Enterprise", "\"enterprise\""},
    Row{Fact::configuration_mode, "Small Business", "\"small_business\""},
    Row{Fact::configuration_mode, "Remote Assistance", "\"remote_assistance\""},
    Row{Fact::amt_mode, "None", "\"none\""},
    Row{Fact::amt_mode, "", "\"none\""},
    Row{Fact::amt_mode, "Enterprise", "\"enterprise\""},
    Row{Fact::amt_mode, "Small Business", "\"small_business\""},
    Row{Fact::amt_mode, "Remote Assistance", "\"remote_assistance\""},
    Row{Fact::boot_state, "Post Boot", "\"post_boot\""},
    Row{Fact::boot_state, "Pre Boot", "\"pre_boot\""},
    Row{Fact::manageability_mode, "None", "\"none\""},
    Row{Fact::manageability_mode, "ASF2", "\"asf\""},
    Row{Fact::manageability_mode, "CP", "\"cp\""},
    Row{Fact::manageability_mode, "Intel(R) AMT", "\"amt\""},
    Row{Fact::manageability_mode, "Intel(R) Standard Manageability", "\"amt\""},
    Row{Fact::reset_reason, "Power up", "\"power_up\""},
    Row{Fact::reset_reason, "FW reset", "\"firmware_reset\""},
    Row{Fact::reset_reason, "Global system reset", "\"system_reset\""},
    Row{Fact::reset_reason, "Unknown", "\"unknown\""},
    Row{Fact::link_status, "Link up", "true"},
    Row{Fact::link_status, "Link down", "false"},
    Row{Fact::remote_connectivity, "True", "true"},
    Row{Fact::remote_connectivity, "False", "false"},
    Row{Fact::tpm_state, "Operational", "\"passed\""},
    Row{Fact::tpm_mode, "Enabled Owned Active"},
    Row{Fact::tpm_mode, "Enabled Owned Inactive"},
    Row{Fact::tpm_mode, "Enabled Unowned Active"},
    Row{Fact::tpm_mode, "Enabled Unowned Inactive"},
    Row{Fact::tpm_mode, "Disabled Owned Active"},
    Row{Fact::tpm_mode, "Disabled Owned Inactive"},
    Row{Fact::tpm_mode, "Disabled Unowned Active"},
    Row{Fact::tpm_mode, "Disabled Unowned Inactive"},
    Row{Fact::tpm_fips, "True", "true"},
    Row{Fact::tpm_fips, "False", "false"},
    Row{Fact::presence_lifetime_lock, "True", "true"},
    Row{Fact::presence_lifetime_lock, "False", "false"},
    Row{Fact::presence_command, "True", "true"},
    Row{Fact::presence_command, "False", "false"},
    Row{Fact::presence_hardware, "True", "true"},
    Row{Fact::presence_hardware, "False", "false"},
    Row{Fact::tpm_fuses, "Enabled"},
    Row{Fact::tpm_fuses, "Disabled"},
    Row{Fact::communication_mode, "TPM"},
    Row{Fact::communication_mode, "HECI"},
};

}  // namespace

std::optional<std::string> toml_of(Fact fact, std::string_view value) {
  for (const Row& row : kRows) {
    if (row.fact == fact && !row.toml.empty() && same_letters(row.word, value))
      return std::string(row.toml);
  }
  return std::nullopt;
}

bool is_word(Fact fact, std::string_view value) {
  return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) {
    return row.fact == fact && same_letters(row.word, value);
  });
}

bool begins_a_word(Fact fact, std::string_view value) {
  return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) {
    return row.fact == fact && value.size() < row.word.size() &&
           same_letters(row.word.substr(0, value.size()), value);
  });
}

}  // namespace scenarios::field
