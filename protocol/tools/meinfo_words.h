// SPDX-License-Identifier: BSD-3-Clause
// The words that MEInfo has for values, in both dialects that this project prints. Which of them
// logs show is said at each; the others are ours (docs/fidelity.md).
#pragma once

#include "protocol/mei/amthi.h"
#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"
#include "protocol/sku.h"
#include "protocol/tools/line.h"

namespace protocol::tools {

template <class Value>
constexpr Word word(Value value, std::string_view text, Word::Use use = Word::Use::both) {
  return {.value = static_cast<std::uint32_t>(value), .text = text, .use = use};
}

inline constexpr Word kEnabledRows[] = {word(1, "Enabled"), word(0, "Disabled")};
inline constexpr Words kEnabledWords{kEnabledRows};

inline constexpr Word kTruthRows[] = {word(1, "True"), word(0, "False")};
inline constexpr Words kTruthWords{kTruthRows};

inline constexpr Word kLinkRows[] = {word(1, "Link up"), word(0, "Link down")};
inline constexpr Words kLinkWords{kLinkRows};

/// "Power up" and "Global system reset" are in the logs.
inline constexpr Word kResetRows[] = {word(fwu::ResetReason::power_up, "Power up"),
                                      word(fwu::ResetReason::firmware_reset, "FW reset"),
                                      word(fwu::ResetReason::system_reset, "Global system reset"),
                                      word(fwu::ResetReason::unknown, "Unknown")};
inline constexpr Words kResetWords{kResetRows, "Unknown"};

/// "Completed" and "Not started" are in the logs.
inline constexpr Word kConfigurationRows[] = {word(amthi::ProvisioningState::pre, "Not started"),
                                              word(amthi::ProvisioningState::in, "In process"),
                                              word(amthi::ProvisioningState::post, "Completed")};
inline constexpr Words kConfigurationWords{kConfigurationRows, "Unknown"};

inline constexpr Word kBootRows[] = {word(fwu::kBiosPostBoot, "Post Boot"),
                                     word(fwu::kBiosPreBoot, "Pre Boot")};
inline constexpr Words kBootWords{kBootRows, "Pre Boot"};

/// "Always" is in the logs. How often else is a number.
inline constexpr Word kCounterRows[] = {word(fwu::kOverrideCounterAlways, "Always"),
                                        word(0, "Never", Word::Use::read)};
inline constexpr Words kCounterWords{kCounterRows};

/// "Always" is in the logs.
inline constexpr Word kQualifierRows[] = {word(fwu::OverrideQualifier::always, "Always"),
                                          word(fwu::OverrideQualifier::never, "Never"),
                                          word(fwu::OverrideQualifier::restricted, "Restricted")};
inline constexpr Words kQualifierWords{kQualifierRows, "Unknown"};

/// "Enabled" is in the logs.
inline constexpr Word kLocalUpdateRows[] = {word(mkhi::kLocalUpdateEnabled, "Enabled"),
                                            word(mkhi::kLocalUpdateDisabled, "Disabled"),
                                            word(mkhi::kLocalUpdatePassword, "Password Protected")};
inline constexpr Words kLocalUpdateWords{kLocalUpdateRows, "Disabled"};

inline constexpr Word kOverrideRows[] = {word(mkhi::kOverrideHalt, "Halt"),
                                         word(mkhi::kOverrideContinue, "Continue")};
inline constexpr Words kOverrideWords{kOverrideRows, "Continue"};

/// "Small Business" is in the logs of generation 5; generation 4 leaves an unset mode empty.
inline constexpr Word kModeRows[] = {
    word(amthi::ProvisioningMode::none, "None"),
    word(amthi::ProvisioningMode::none, "", Word::Use::read),
    word(amthi::ProvisioningMode::enterprise, "Enterprise"),
    word(amthi::ProvisioningMode::small_business, "Small Business"),
    word(amthi::ProvisioningMode::remote_assistance, "Remote Assistance")};
inline constexpr Words kModeWords{kModeRows, "Unknown"};
inline constexpr Word kModeOrEmptyRows[] = {
    word(amthi::ProvisioningMode::none, ""),
    word(amthi::ProvisioningMode::none, "None", Word::Use::read),
    word(amthi::ProvisioningMode::enterprise, "Enterprise"),
    word(amthi::ProvisioningMode::small_business, "Small Business"),
    word(amthi::ProvisioningMode::remote_assistance, "Remote Assistance")};
inline constexpr Words kModeOrEmptyWords{kModeOrEmptyRows, "Unknown"};

inline constexpr Word kManageabilityRows[] = {
    word(fwu::ManageabilityMode::none, "None"), word(fwu::ManageabilityMode::asf, "ASF2"),
    word(fwu::ManageabilityMode::cp, "CP"), word(fwu::ManageabilityMode::amt, kBrandMark)};
inline constexpr Words kManageabilityWords{kManageabilityRows, "Unknown"};

/// In the order of the logs. Other bits have no known line.
inline constexpr Word kCapabilityRows[] = {word(sku::kAsf2, "ASF2"), word(sku::kAmtPro, kBrandAmt),
                                           word(sku::kStandardManageability, kBrandStandard),
                                           word(sku::kQst, "Intel(R) QST"),
                                           word(sku::kTpm, "Intel(R) TPM")};
inline constexpr Words kCapabilityWords{kCapabilityRows};

/// "ASF IAMT ITPM" is in the log, in this order.
inline constexpr Word kSkuNameRows[] = {word(sku::kAsf2, "ASF"), word(sku::kAmtPro, "IAMT"),
                                        word(sku::kTpm, "ITPM"), word(sku::kQst, "QST"),
                                        word(sku::kStandardManageability, "STDMNG")};
inline constexpr Words kSkuNameWords{kSkuNameRows};

/// How a TPM that is running, not started, or shut down after its self-test counts here.
inline constexpr std::uint32_t kTpmOperational = 0;
inline constexpr std::uint32_t kTpmNotStarted = 1;
inline constexpr std::uint32_t kTpmFailed = 2;
/// "Operational" is in the logs.
inline constexpr Word kTpmStateRows[] = {word(kTpmOperational, "Operational"),
                                         word(kTpmNotStarted, "Not started"),
                                         word(kTpmFailed, "Failed")};
inline constexpr Words kTpmStateWords{kTpmStateRows, "Unknown"};

inline constexpr std::uint32_t kTpmEnabled = 1u << 2;
inline constexpr std::uint32_t kTpmOwned = 1u << 1;
inline constexpr std::uint32_t kTpmActive = 1u << 0;
/// "Enabled Owned Inactive" and "Enabled Owned Active" are in the logs.
inline constexpr Word kTpmModeRows[] = {
    word(kTpmEnabled | kTpmOwned | kTpmActive, "Enabled Owned Active"),
    word(kTpmEnabled | kTpmOwned, "Enabled Owned Inactive"),
    word(kTpmEnabled | kTpmActive, "Enabled Unowned Active"),
    word(kTpmEnabled, "Enabled Unowned Inactive"),
    word(kTpmOwned | kTpmActive, "Disabled Owned Active"),
    word(kTpmOwned, "Disabled Owned Inactive"),
    word(kTpmActive, "Disabled Unowned Active"),
    word(0, "Disabled Unowned Inactive")};
inline constexpr Words kTpmModeWords{kTpmModeRows};

}  // namespace protocol::tools
