// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/facts.h"

#include <array>

#include "emulator/heci/heci_device.h"

namespace scenarios::engine {
namespace {

using emulator::machine::Machine;
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

const emulator::firmware::Settings& settings(Machine& m) {
  return m.firmware().settings();
}

constexpr std::array kFacts = std::to_array<Fact>({
    {"powered", "whether the board has power", [](Machine& m) { return text_of(m.powered()); }},
    {"boot", "off, booting, operational, recovery or halted",
     [](Machine& m) { return std::string(name(m.firmware().boot_path())); }},
    {"version", "of the code that runs",
     [](Machine& m) { return to_text(m.firmware().running_version()); }},
    {"recovery_version", "of the recovery code",
     [](Machine& m) { return to_text(m.firmware().recovery_version()); }},
    {"session", "idle, staging, verifying, committing, committed or failed",
     [](Machine& m) { return std::string(name(m.firmware().update_session().state())); }},
    {"last_update_status", "a tool-family number; 531 (213h) while an update runs",
     [](Machine& m) { return std::to_string(m.firmware().update_session().last_status()); }},
    {"reset_reason", "power_up, firmware_reset, system_reset or unknown",
     [](Machine& m) { return text_of(m.firmware().reset_reason()); }},
    {"link", "the HECI link: down, resetting or up",
     [](Machine& m) { return std::string(name(m.heci().link_state())); }},
    {"enabled_update_interfaces", "bits: 1 local, 2 secure, 4 TPM",
     [](Machine& m) { return std::to_string(settings(m).enabled_update_interfaces); }},
    {"local_update", "rule 7: 0 disabled, 1 enabled, 2 with a password",
     [](Machine& m) { return std::to_string(settings(m).local_update); }},
    {"override_counter", "updates left; 255: always",
     [](Machine& m) { return std::to_string(settings(m).override_counter); }},
    {"override_qualifier", "always, never or restricted",
     [](Machine& m) { return text_of(settings(m).override_qualifier); }},
    {"provisioning_state", "pre, in or post",
     [](Machine& m) { return text_of(settings(m).provisioning_state); }},
    {"provisioning_mode", "none, enterprise, small_business or remote_assistance",
     [](Machine& m) { return text_of(settings(m).provisioning_mode); }},
    {"remote_connectivity", "whether the remote connectivity service is on",
     [](Machine& m) { return text_of(settings(m).remote_connectivity); }},
    {"tls_enabled", "whether AMT uses TLS",
     [](Machine& m) { return text_of(settings(m).tls_enabled); }},
    {"power_policy", "the power policy's number",
     [](Machine& m) { return std::to_string(settings(m).power_policy); }},
});

}  // namespace

std::span<const Fact> facts() {
  return kFacts;
}

const Fact* find_fact(std::string_view name) {
  for (const Fact& fact : kFacts) {
    if (name == fact.name) return &fact;
  }
  return nullptr;
}

std::uint64_t counter(Machine& machine, std::string_view rule) {
  std::uint64_t all = 0;
  for (const emulator::heci::BadInputRow& row : emulator::heci::kBadInputRules) {
    const std::uint64_t count = machine.heci().counters().*row.rule;
    if (rule == row.name) return count;
    all += count;
  }
  return rule == kAnyRule ? all : 0;
}

}  // namespace scenarios::engine
