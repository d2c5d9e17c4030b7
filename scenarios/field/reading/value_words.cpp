// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/value_words.h"

#include <algorithm>
#include <array>
#include <vector>

#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/meinfo.h"
#include "scenarios/field/reading/misread_letters.h"
#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

namespace tools = protocol::tools;

struct KnownWord {
  Fact fact;
  std::uint32_t value;
  std::string text;
};

void add(Fact fact, const tools::Word& word, std::vector<KnownWord>& words) {
  if (word.text != tools::kBrandMark) {
    words.push_back({fact, word.value, std::string(word.text)});
    return;
  }
  for (const std::string_view brand : tools::kBrands)
    words.push_back({fact, word.value, std::string(brand)});
}

/// Of all dialects; names of bits are no words for a value.
std::vector<KnownWord> collected() {
  std::vector<KnownWord> words;
  for (const tools::Meinfo& dialect : tools::kMeinfo) {
    for (const tools::Line& line : dialect.lines) {
      if (line.form == tools::Form::names || line.form == tools::Form::names_beneath) continue;
      for (const tools::Word& word : line.words.rows) add(line.fact, word, words);
    }
  }
  for (const tools::Word& word : tools::kWayRows) add(Fact::communication_mode, word, words);
  return words;
}

const std::vector<KnownWord>& known_words() {
  static const std::vector<KnownWord> words = collected();
  return words;
}

constexpr std::array kTruths = {Fact::crypto_fuse,      Fact::flash_protection,
                                Fact::link_status,      Fact::remote_connectivity,
                                Fact::tpm_fips,         Fact::presence_lifetime_lock,
                                Fact::presence_command, Fact::presence_hardware};

/// What a profile has for a value; one that stands for several keys has no row.
struct ProfileWord {
  Fact fact;
  std::uint32_t value;
  std::string_view toml;
};

template <class Value>
constexpr ProfileWord in_profile(Fact fact, Value value, std::string_view toml) {
  return {fact, static_cast<std::uint32_t>(value), toml};
}

namespace amthi = protocol::amthi;
namespace fwu = protocol::fwu;
namespace mkhi = protocol::mkhi;

constexpr std::array kProfileWords = {
    in_profile(Fact::override_behaviour, mkhi::kOverrideHalt, "\"halt\""),
    in_profile(Fact::override_behaviour, mkhi::kOverrideContinue, "\"continue\""),
    in_profile(Fact::local_update, mkhi::kLocalUpdateEnabled, "\"enabled\""),
    in_profile(Fact::local_update, mkhi::kLocalUpdateDisabled, "\"disabled\""),
    in_profile(Fact::local_update, mkhi::kLocalUpdatePassword, "\"password\""),
    in_profile(Fact::override_counter, fwu::kOverrideCounterAlways, "255"),
    in_profile(Fact::override_counter, 0, "0"),
    in_profile(Fact::override_qualifier, fwu::OverrideQualifier::always, "\"always\""),
    in_profile(Fact::override_qualifier, fwu::OverrideQualifier::never, "\"never\""),
    in_profile(Fact::override_qualifier, fwu::OverrideQualifier::restricted, "\"restricted\""),
    in_profile(Fact::configuration_state, amthi::ProvisioningState::pre, "\"pre\""),
    in_profile(Fact::configuration_state, amthi::ProvisioningState::in, "\"in\""),
    in_profile(Fact::configuration_state, amthi::ProvisioningState::post, "\"post\""),
    in_profile(Fact::configuration_mode, amthi::ProvisioningMode::none, "\"none\""),
    in_profile(Fact::configuration_mode, amthi::ProvisioningMode::enterprise, "\"enterprise\""),
    in_profile(Fact::configuration_mode, amthi::ProvisioningMode::small_business,
               "\"small_business\""),
    in_profile(Fact::configuration_mode, amthi::ProvisioningMode::remote_assistance,
               "\"remote_assistance\""),
    in_profile(Fact::boot_state, fwu::kBiosPostBoot, "\"post_boot\""),
    in_profile(Fact::boot_state, fwu::kBiosPreBoot, "\"pre_boot\""),
    in_profile(Fact::manageability_mode, fwu::ManageabilityMode::none, "\"none\""),
    in_profile(Fact::manageability_mode, fwu::ManageabilityMode::asf, "\"asf\""),
    in_profile(Fact::manageability_mode, fwu::ManageabilityMode::cp, "\"cp\""),
    in_profile(Fact::manageability_mode, fwu::ManageabilityMode::amt, "\"amt\""),
    in_profile(Fact::reset_reason, fwu::ResetReason::power_up, "\"power_up\""),
    in_profile(Fact::reset_reason, fwu::ResetReason::firmware_reset, "\"firmware_reset\""),
    in_profile(Fact::reset_reason, fwu::ResetReason::system_reset, "\"system_reset\""),
    in_profile(Fact::reset_reason, fwu::ResetReason::unknown, "\"unknown\""),
    in_profile(Fact::tpm_state, tools::kTpmOperational, "\"passed\""),
};

/// Both dialects' lines about the mode are of one key.
constexpr Fact key_of(Fact fact) {
  return fact == Fact::amt_mode ? Fact::configuration_mode : fact;
}

std::optional<std::string> toml_of_value(Fact fact, std::uint32_t value) {
  if (std::find(kTruths.begin(), kTruths.end(), fact) != kTruths.end())
    return value != 0 ? "true" : "false";
  for (const ProfileWord& row : kProfileWords) {
    if (row.fact == key_of(fact) && row.value == value) return std::string(row.toml);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string_view> words_of(Fact fact) {
  std::vector<std::string_view> words;
  for (const KnownWord& row : known_words()) {
    if (row.fact == fact) words.emplace_back(row.text);
  }
  return words;
}

std::optional<std::string> toml_of(Fact fact, std::string_view value) {
  for (const KnownWord& row : known_words()) {
    if (row.fact == fact && same_letters(row.text, value)) return toml_of_value(fact, row.value);
  }
  return std::nullopt;
}

bool is_word(Fact fact, std::string_view value) {
  const auto& words = known_words();
  return std::any_of(words.begin(), words.end(), [&](const KnownWord& row) {
    return row.fact == fact && same_letters(row.text, value);
  });
}

std::optional<std::string> word_misread_as(Fact fact, std::string_view value) {
  const std::string seen = as_seen(value);
  std::optional<std::string> found;
  for (const KnownWord& row : known_words()) {
    if (row.fact != fact || row.text.empty() || as_seen(row.text) != seen) continue;
    if (found) return std::nullopt;
    found = row.text;
  }
  return found;
}

bool begins_a_word(Fact fact, std::string_view value) {
  const auto& words = known_words();
  return std::any_of(words.begin(), words.end(), [&](const KnownWord& row) {
    return row.fact == fact && is_beginning_of(row.text, value);
  });
}

}  // namespace scenarios::field
