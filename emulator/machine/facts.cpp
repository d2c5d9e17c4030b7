// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "emulator/heci/heci_device.h"
#include "emulator/pci/heci_function.h"
#include "emulator/tpm/itpm.h"

namespace emulator::machine {
namespace {

using protocol::amthi::ProvisioningMode;
using protocol::amthi::ProvisioningState;
using protocol::fwu::OverrideQualifier;
using protocol::fwu::ResetReason;

std::string text_of(bool value) {
  return value ? "true" : "false";
}

std::string text_of(ProvisioningState state) {
  switch (state) {
    case ProvisioningState::pre:
      return "pre";
    case ProvisioningState::in:
      return "in";
    case ProvisioningState::post:
      return "post";
  }
  return "unknown";
}

std::string text_of(ProvisioningMode mode) {
  switch (mode) {
    case ProvisioningMode::none:
      return "none";
    case ProvisioningMode::enterprise:
      return "enterprise";
    case ProvisioningMode::small_business:
      return "small_business";
    case ProvisioningMode::remote_assistance:
      return "remote_assistance";
  }
  return "unknown";
}

std::string text_of(OverrideQualifier qualifier) {
  switch (qualifier) {
    case OverrideQualifier::always:
      return "always";
    case OverrideQualifier::never:
      return "never";
    case OverrideQualifier::restricted:
      return "restricted";
  }
  return "unknown";
}

std::string text_of(ResetReason reason) {
  switch (reason) {
    case ResetReason::power_up:
      return "power_up";
    case ResetReason::firmware_reset:
      return "firmware_reset";
    case ResetReason::system_reset:
      return "system_reset";
    case ResetReason::unknown:
      return "unknown";
  }
  return "unknown";
}

using tpm::ItpmStatus;

/// Every fact of the TPM on a board that has none.
constexpr const char* kNoTpm = "none";

template <bool ItpmStatus::*Member>
std::string tpm_flag(Board& b) {
  return b.itpm() == nullptr ? kNoTpm : text_of(b.itpm()->status().*Member);
}

std::string tpm_version(Board& b) {
  if (b.itpm() == nullptr) return kNoTpm;
  const protocol::FirmwareVersion version = b.itpm()->status().version;
  return fmt::format("1.2.{}.{}", version.major, version.minor);
}

std::string tpm_failed_attempts(Board& b) {
  return b.itpm() == nullptr ? kNoTpm : std::to_string(b.itpm()->status().failed_attempts);
}

std::string tpm_lockout_left(Board& b) {
  if (b.itpm() == nullptr) return kNoTpm;
  const auto left = std::chrono::ceil<std::chrono::seconds>(b.itpm()->status().lockout_left);
  return std::to_string(left.count());
}

std::string tpm_bios_results(Board& b) {
  return b.itpm() == nullptr ? kNoTpm : fmt::format("{}", fmt::join(b.itpm()->bios_results(), " "));
}

const firmware::Settings& settings(Board& b) {
  return b.firmware().settings();
}

constexpr std::string_view kFlag[] = {"true", "false"};
constexpr std::string_view kTpmFlag[] = {"true", "false", kNoTpm};
constexpr std::string_view kHostStates[] = {"on", "S3", "S4", "S5", "off"};
constexpr std::string_view kBoot[] = {"off",      "booting", "operational",
                                      "recovery", "halted",  "disabled"};
constexpr std::string_view kSession[] = {"idle",       "staging",   "verifying",
                                         "committing", "committed", "failed"};
constexpr std::string_view kReset[] = {"power_up", "firmware_reset", "system_reset", "unknown"};
constexpr std::string_view kLink[] = {"down", "resetting", "up"};
constexpr std::string_view kQualifier[] = {"always", "never", "restricted"};
constexpr std::string_view kState[] = {"pre", "in", "post"};
constexpr std::string_view kMode[] = {"none", "enterprise", "small_business", "remote_assistance"};

const char* host_state(const Board& board) {
  if (!board.powered()) return "off";
  if (!board.asleep()) return "on";
  switch (*board.asleep()) {
    case firmware::Sleep::s3:
      return "S3";
    case firmware::Sleep::s4:
      return "S4";
    case firmware::Sleep::s5:
      return "S5";
  }
  return "unknown";
}

constexpr std::array kFacts = std::to_array<BoardFact>({
    {"powered", "whether the board has power", [](Board& b) { return text_of(b.powered()); },
     kFlag},
    {"host", "on, S3, S4 or S5 (asleep or off, with the mains on), or off (no power at all)",
     [](Board& b) { return std::string(host_state(b)); }, kHostStates},
    {"boot", "off, booting, operational, recovery, halted or disabled",
     [](Board& b) { return std::string(name(b.firmware().boot_path())); }, kBoot},
    {"version", "of the code that runs",
     [](Board& b) { return to_text(b.firmware().running_version()); }},
    {"recovery_version", "of the recovery code",
     [](Board& b) { return to_text(b.firmware().recovery_version()); }},
    {"session", "idle, staging, verifying, committing, committed or failed",
     [](Board& b) { return std::string(name(b.firmware().update_session().state())); }, kSession},
    {"last_update_status", "a tool-family number; 531 (213h) while an update runs",
     [](Board& b) { return std::to_string(b.firmware().update_session().last_status()); }},
    {"reset_reason", "power_up, firmware_reset, system_reset or unknown",
     [](Board& b) { return text_of(b.firmware().reset_reason()); }, kReset},
    {"hfs1", "firmware status word 1, eight digits",
     [](Board& b) { return fmt::format("{:08X}", b.pci().read(0x40, 4)); }},
    {"hfs2", "firmware status word 2, eight digits; from ME 6 on",
     [](Board& b) { return fmt::format("{:08X}", b.pci().read(0x48, 4)); }},
    {"link", "the HECI link: down, resetting or up",
     [](Board& b) { return std::string(name(b.heci().link_state())); }, kLink},
    {"enabled_update_interfaces", "bits: 1 local, 2 secure, 4 TPM",
     [](Board& b) { return std::to_string(settings(b).enabled_update_interfaces); }},
    {"local_update", "rule 7: 0 disabled, 1 enabled, 2 with a password",
     [](Board& b) { return std::to_string(settings(b).local_update); }},
    {"override_counter", "updates left; 255: always",
     [](Board& b) { return std::to_string(settings(b).override_counter); }},
    {"override_qualifier", "always, never or restricted",
     [](Board& b) { return text_of(settings(b).override_qualifier); }, kQualifier},
    {"provisioning_state", "pre, in or post",
     [](Board& b) { return text_of(settings(b).provisioning_state); }, kState},
    {"provisioning_mode", "none, enterprise, small_business or remote_assistance",
     [](Board& b) { return text_of(settings(b).provisioning_mode); }, kMode},
    {"remote_connectivity", "whether the remote connectivity service is on",
     [](Board& b) { return text_of(settings(b).remote_connectivity); }, kFlag},
    {"tls_enabled", "whether AMT uses TLS",
     [](Board& b) { return text_of(settings(b).tls_enabled); }, kFlag},
    {"power_policy", "the power policy's number",
     [](Board& b) { return std::to_string(settings(b).power_policy); }},
    {"tpm_answers", "whether the TPM's registers answer", tpm_flag<&ItpmStatus::answers>, kTpmFlag},
    {"tpm_version", "1.2.MAJOR.MINOR", tpm_version},
    {"tpm_started", "TPM_Startup was done", tpm_flag<&ItpmStatus::started>, kTpmFlag},
    {"tpm_self_test_failed", "it refuses almost everything",
     tpm_flag<&ItpmStatus::self_test_failed>, kTpmFlag},
    {"tpm_owned", "it has an owner", tpm_flag<&ItpmStatus::owned>, kTpmFlag},
    {"tpm_has_ek", "it has an endorsement key", tpm_flag<&ItpmStatus::has_ek>, kTpmFlag},
    {"tpm_enabled", "permanent flag disable is false", tpm_flag<&ItpmStatus::enabled>, kTpmFlag},
    {"tpm_active", "in this boot", tpm_flag<&ItpmStatus::active>, kTpmFlag},
    {"tpm_active_after_reset", "permanent flag deactivated is false",
     tpm_flag<&ItpmStatus::active_after_reset>, kTpmFlag},
    {"tpm_owner_install", "ownership may be taken", tpm_flag<&ItpmStatus::owner_install>, kTpmFlag},
    {"tpm_owner_clear", "the owner may clear it", tpm_flag<&ItpmStatus::owner_clear>, kTpmFlag},
    {"tpm_force_clear", "presence may clear it, in this boot", tpm_flag<&ItpmStatus::force_clear>,
     kTpmFlag},
    {"tpm_presence", "physical presence is asserted by command", tpm_flag<&ItpmStatus::presence>,
     kTpmFlag},
    {"tpm_presence_locked", "until the next start", tpm_flag<&ItpmStatus::presence_locked>,
     kTpmFlag},
    {"tpm_unowned_upgrade", "deferred presence allows an update in this boot",
     tpm_flag<&ItpmStatus::unowned_upgrade_allowed>, kTpmFlag},
    {"tpm_lockout", "a lockout runs", tpm_flag<&ItpmStatus::lockout>, kTpmFlag},
    {"tpm_lockout_left", "seconds", tpm_lockout_left},
    {"tpm_failed_attempts", "that are not forgotten yet", tpm_failed_attempts},
    {"tpm_upgrading", "an update is under way through it", tpm_flag<&ItpmStatus::upgrading>,
     kTpmFlag},
    {"tpm_bios_results", "TPM return codes of the last start's BIOS actions, with blanks",
     tpm_bios_results},
});

}  // namespace

std::span<const BoardFact> facts() {
  return kFacts;
}

const BoardFact* find_fact(std::string_view name) {
  for (const BoardFact& fact : kFacts) {
    if (name == fact.name) return &fact;
  }
  return nullptr;
}

std::uint64_t counter(Board& board, std::string_view rule) {
  std::uint64_t all = 0;
  for (const heci::BadInputRow& row : heci::kBadInputRules) {
    const std::uint64_t count = board.heci().counters().*row.rule;
    if (rule == row.name) return count;
    all += count;
  }
  return rule == kAnyRule ? all : 0;
}

}  // namespace emulator::machine
