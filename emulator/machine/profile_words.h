// SPDX-License-Identifier: BSD-3-Clause
// The words and the bounds of a profile's values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "config/strict_toml.h"
#include "emulator/machine/profile.h"
#include "emulator/tpm/stored_states.h"

namespace emulator::machine {

using config::Named;
using config::Range;

inline constexpr Named<std::uint8_t> kOverrideBehaviours[] = {
    {"halt", protocol::mkhi::kOverrideHalt}, {"continue", protocol::mkhi::kOverrideContinue}};
inline constexpr Named<std::uint8_t> kLocalUpdates[] = {
    {"disabled", protocol::mkhi::kLocalUpdateDisabled},
    {"enabled", protocol::mkhi::kLocalUpdateEnabled},
    {"password", protocol::mkhi::kLocalUpdatePassword}};
inline constexpr Named<protocol::fwu::OverrideQualifier> kQualifiers[] = {
    {"always", protocol::fwu::OverrideQualifier::always},
    {"never", protocol::fwu::OverrideQualifier::never},
    {"restricted", protocol::fwu::OverrideQualifier::restricted}};
inline constexpr Named<protocol::amthi::ProvisioningState> kProvisioningStates[] = {
    {"pre", protocol::amthi::ProvisioningState::pre},
    {"in", protocol::amthi::ProvisioningState::in},
    {"post", protocol::amthi::ProvisioningState::post}};
inline constexpr Named<protocol::amthi::ProvisioningMode> kProvisioningModes[] = {
    {"none", protocol::amthi::ProvisioningMode::none},
    {"enterprise", protocol::amthi::ProvisioningMode::enterprise},
    {"small_business", protocol::amthi::ProvisioningMode::small_business},
    {"remote_assistance", protocol::amthi::ProvisioningMode::remote_assistance}};
inline constexpr Named<std::uint32_t> kBootStates[] = {{"pre_boot", protocol::fwu::kBiosPreBoot},
                                                       {"post_boot", protocol::fwu::kBiosPostBoot}};
inline constexpr Named<firmware::Form> kForms[] = {{"desktop", firmware::Form::desktop},
                                                   {"mobile", firmware::Form::mobile}};
inline constexpr Named<protocol::fwu::ManageabilityMode> kManageabilityModes[] = {
    {"none", protocol::fwu::ManageabilityMode::none},
    {"amt", protocol::fwu::ManageabilityMode::amt},
    {"asf", protocol::fwu::ManageabilityMode::asf},
    {"cp", protocol::fwu::ManageabilityMode::cp}};
inline constexpr Named<protocol::fwu::ResetReason> kResetReasons[] = {
    {"power_up", protocol::fwu::ResetReason::power_up},
    {"firmware_reset", protocol::fwu::ResetReason::firmware_reset},
    {"system_reset", protocol::fwu::ResetReason::system_reset},
    {"unknown", protocol::fwu::ResetReason::unknown}};
inline constexpr Named<firmware::ResetAfterUpdate> kResets[] = {
    {"me", firmware::ResetAfterUpdate::me}, {"platform", firmware::ResetAfterUpdate::platform}};

inline constexpr Named<tpm::Ownership> kOwnerships[] = {{"no_ek", tpm::Ownership::no_ek},
                                                        {"unowned", tpm::Ownership::unowned},
                                                        {"owned", tpm::Ownership::owned}};
inline constexpr Named<tpm::OwnerSecret> kOwnerSecrets[] = {
    {"passphrase", tpm::OwnerSecret::passphrase},
    {"well_known", tpm::OwnerSecret::well_known},
    {"unknown", tpm::OwnerSecret::unknown}};
inline constexpr Named<tpm::SelfTest> kSelfTests[] = {{"passed", tpm::SelfTest::passed},
                                                      {"failed", tpm::SelfTest::failed}};
inline constexpr Named<tpm::UnownedUpgrade> kUnownedUpgrades[] = {
    {"presence", tpm::UnownedUpgrade::presence},
    {"open", tpm::UnownedUpgrade::open},
    {"never", tpm::UnownedUpgrade::never}};
inline constexpr Named<tpm::InactiveUpgrade> kInactiveUpgrades[] = {
    {"refused", tpm::InactiveUpgrade::refused}, {"allowed", tpm::InactiveUpgrade::allowed}};
inline constexpr Named<tpm::Bios> kBioses[] = {{"starts_tpm", tpm::Bios::starts_tpm},
                                               {"absent", tpm::Bios::absent}};

inline constexpr Range kMtu = {.low = 128, .high = 4096};
inline constexpr Range kDynamicAddresses = {.low = 0x10, .high = 0xF0};
inline constexpr Range kStages = {.low = 1, .high = 100};
inline constexpr Range kCredits = {.low = 1, .high = 16};
inline constexpr Range kLateReads = {.low = 0, .high = 8};  ///< the record has eight bytes
inline constexpr Range kCodeSizes = {.low = 0x10000, .high = 0x1000000};
inline constexpr Range kBlocks = {.low = 1, .high = 4000};
inline constexpr Range kFifos = {.low = 0, .high = 4096};
inline constexpr Range kKeys = {.low = 0, .high = tpm::kStoredTpms - 1};

inline constexpr std::size_t kBiosVersionLength = 64;  ///< AMTHI's field holds 65 with its NUL
inline constexpr std::size_t kPasswordLength = 32;

/// What is wrong with the value under `key`, in words; empty: nothing.
template <class T>
using Check = std::string (*)(std::string_view key, const T& value);

std::string known_heci_function(std::string_view key, const std::uint16_t& device_id);
/// `manifest`: of the board's firmware.
std::string generations_status(std::uint32_t firmware_status,
                               protocol::image::ManifestForm manifest);
std::string legal_depth(std::string_view key, const std::uint32_t& depth);
std::string known_part(std::string_view key, const std::string& part);
std::string whole_sectors(std::string_view key, const std::uint32_t& size);
std::string md5_digits(std::string_view key, const std::string& md5);
std::string too_long(std::string_view key, const std::string& text, std::size_t longest);
std::string four_characters(std::string_view key, const std::string& vendor);
std::string lockout_seconds(std::string_view key, const base::Duration& time);
std::string acpi_hardware_id(std::string_view key, const std::string& id);

template <std::size_t longest>
std::string at_most(std::string_view key, const std::string& text) {
  return too_long(key, text, longest);
}

}  // namespace emulator::machine
