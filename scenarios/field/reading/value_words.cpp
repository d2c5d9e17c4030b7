// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/value_words.h"

#include <algorithm>
#include <array>

#include "scenarios/field/reading/misread_letters.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

struct ValueWord {
  Fact fact;
  std::string_view word;
  std::string_view toml = {};  ///< empty: of several keys
};

constexpr std::array kValueWords = {
    ValueWord{Fact::crypto_fuse, "Enabled", "true"},
    ValueWord{Fact::crypto_fuse, "Disabled", "false"},
    ValueWord{Fact::flash_protection, "Enabled", "true"},
    ValueWord{Fact::flash_protection, "Disabled", "false"},
    ValueWord{Fact::override_behaviour, "Halt", "\"halt\""},
    ValueWord{Fact::override_behaviour, "Continue", "\"continue\""},
    ValueWord{Fact::secure_update, "Enabled"},
    ValueWord{Fact::secure_update, "Disabled"},
    ValueWord{Fact::local_update, "Enabled", "\"enabled\""},
    ValueWord{Fact::local_update, "Disabled", "\"disabled\""},
    ValueWord{Fact::local_update, "Password Protected", "\"password\""},
    ValueWord{Fact::override_counter, "Always", "255"},
    ValueWord{Fact::override_counter, "Never", "0"},
    ValueWord{Fact::override_qualifier, "Always", "\"always\""},
    ValueWord{Fact::override_qualifier, "Never", "\"never\""},
    ValueWord{Fact::override_qualifier, "Restricted", "\"restricted\""},
    ValueWord{Fact::configuration_state, "Not started", "\"pre\""},
    ValueWord{Fact::configuration_state, "In process", "\"in\""},
    ValueWord{Fact::configuration_state, "Completed", "\"post\""},
    ValueWord{Fact::configuration_mode, "None", "\"none\""},
    ValueWord{Fact::configuration_mode, "", "\"none\""},
    ValueWord{Fact::configuration_mode, "Enterprise", "\"enterprise\""},
    ValueWord{Fact::configuration_mode, "Small Business", "\"small_business\""},
    ValueWord{Fact::configuration_mode, "Remote Assistance", "\"remote_assistance\""},
    ValueWord{Fact::amt_mode, "None", "\"none\""},
    ValueWord{Fact::amt_mode, "", "\"none\""},
    ValueWord{Fact::amt_mode, "Enterprise", "\"enterprise\""},
    ValueWord{Fact::amt_mode, "Small Business", "\"small_business\""},
    ValueWord{Fact::amt_mode, "Remote Assistance", "\"remote_assistance\""},
    ValueWord{Fact::boot_state, "Post Boot", "\"post_boot\""},
    ValueWord{Fact::boot_state, "Pre Boot", "\"pre_boot\""},
    ValueWord{Fact::manageability_mode, "None", "\"none\""},
    ValueWord{Fact::manageability_mode, "ASF2", "\"asf\""},
    ValueWord{Fact::manageability_mode, "CP", "\"cp\""},
    ValueWord{Fact::manageability_mode, "Intel(R) AMT", "\"amt\""},
    ValueWord{Fact::manageability_mode, "Intel(R) Standard Manageability", "\"amt\""},
    ValueWord{Fact::reset_reason, "Power up", "\"power_up\""},
    ValueWord{Fact::reset_reason, "FW reset", "\"firmware_reset\""},
    ValueWord{Fact::reset_reason, "Global system reset", "\"system_reset\""},
    ValueWord{Fact::reset_reason, "Unknown", "\"unknown\""},
    ValueWord{Fact::link_status, "Link up", "true"},
    ValueWord{Fact::link_status, "Link down", "false"},
    ValueWord{Fact::remote_connectivity, "True", "true"},
    ValueWord{Fact::remote_connectivity, "False", "false"},
    ValueWord{Fact::tpm_state, "Operational", "\"passed\""},
    ValueWord{Fact::tpm_mode, "Enabled Owned Active"},
    ValueWord{Fact::tpm_mode, "Enabled Owned Inactive"},
    ValueWord{Fact::tpm_mode, "Enabled Unowned Active"},
    ValueWord{Fact::tpm_mode, "Enabled Unowned Inactive"},
    ValueWord{Fact::tpm_mode, "Disabled Owned Active"},
    ValueWord{Fact::tpm_mode, "Disabled Owned Inactive"},
    ValueWord{Fact::tpm_mode, "Disabled Unowned Active"},
    ValueWord{Fact::tpm_mode, "Disabled Unowned Inactive"},
    ValueWord{Fact::tpm_fips, "True", "true"},
    ValueWord{Fact::tpm_fips, "False", "false"},
    ValueWord{Fact::presence_lifetime_lock, "True", "true"},
    ValueWord{Fact::presence_lifetime_lock, "False", "false"},
    ValueWord{Fact::presence_command, "True", "true"},
    ValueWord{Fact::presence_command, "False", "false"},
    ValueWord{Fact::presence_hardware, "True", "true"},
    ValueWord{Fact::presence_hardware, "False", "false"},
    ValueWord{Fact::tpm_fuses, "Enabled"},
    ValueWord{Fact::tpm_fuses, "Disabled"},
    ValueWord{Fact::communication_mode, "TPM"},
    ValueWord{Fact::communication_mode, "HECI"},
};

}  // namespace

std::optional<std::string> toml_of(Fact fact, std::string_view value) {
  for (const ValueWord& row : kValueWords) {
    if (row.fact == fact && !row.toml.empty() && same_letters(row.word, value))
      return std::string(row.toml);
  }
  return std::nullopt;
}

bool is_word(Fact fact, std::string_view value) {
  return std::any_of(kValueWords.begin(), kValueWords.end(), [&](const ValueWord& row) {
    return row.fact == fact && same_letters(row.word, value);
  });
}

std::optional<std::string> word_misread_as(Fact fact, std::string_view value) {
  const std::string seen = as_seen(value);
  std::optional<std::string> found;
  for (const ValueWord& row : kValueWords) {
    if (row.fact != fact || row.word.empty() || as_seen(row.word) != seen) continue;
    if (found) return std::nullopt;
    found = row.word;
  }
  return found;
}

bool begins_a_word(Fact fact, std::string_view value) {
  return std::any_of(kValueWords.begin(), kValueWords.end(), [&](const ValueWord& row) {
    return row.fact == fact && value.size() < row.word.size() &&
           same_letters(row.word.substr(0, value.size()), value);
  });
}

}  // namespace scenarios::field
