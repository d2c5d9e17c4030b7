// SPDX-License-Identifier: BSD-3-Clause
// [[step]] tables: one action each.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "emulator/machine/secret_keys.h"
#include "scenarios/engine/placeholder.h"
#include "scenarios/engine/readers.h"

namespace scenarios::engine {
namespace {

using config::Named;
using config::TomlEntry;
using config::TomlKind;
using config::TomlNode;
using protocol::amthi::ProvisioningMode;

constexpr std::string_view kStepVerbs[] = {
    "meupdate", "updater", "power", "reset", "wait", "until",     "set_up", "fault", "disarm",
    "snapshot", "restore", "fwu",   "bus",   "bios", "tpm_state", "tpm",    "check"};

constexpr Named<PowerAction> kPower[] = {{"on", PowerAction::on},   {"cut", PowerAction::cut},
                                         {"off", PowerAction::off}, {"S3", PowerAction::s3},
                                         {"S4", PowerAction::s4},   {"S5", PowerAction::s5}};
constexpr Named<SetUp::Action> kSetUps[] = {{"provision", SetUp::Action::provision},
                                            {"begin", SetUp::Action::begin},
                                            {"unprovision", SetUp::Action::unprovision}};
constexpr Named<ProvisioningMode> kModes[] = {
    {"enterprise", ProvisioningMode::enterprise},
    {"small_business", ProvisioningMode::small_business},
    {"remote_assistance", ProvisioningMode::remote_assistance}};

Action read_reset(StrictTable& table) {
  constexpr std::string_view names[] = {"platform", "me", "link"};
  const auto chosen = table.read_choice("reset", names);
  if (chosen == 0u) return Power{.action = PowerAction::reset_platform};
  if (chosen == 1u) return Power{.action = PowerAction::reset_me};
  return ResetLink{};
}

SetUp read_set_up(StrictTable& table) {
  SetUp out;
  table.read_named("set_up", out.action, kSetUps);
  if (out.action == SetUp::Action::provision &&
      table.require("mode", "how the machine is provisioned")) {
    table.read_named("mode", out.mode, kModes);
  }
  return out;
}

Until read_until(StrictTable& table) {
  Until out;
  if (auto device = table.table("until")) out.device = read_device_facts(*device);
  if (out.device.empty()) table.fail("until", "until needs at least one fact to wait for");
  table.read("limit", out.limit);
  return out;
}

template <class NamedAction>
Action read_name(StrictTable& table, std::string_view key) {
  NamedAction out;
  table.read(key, out.name);
  return out;
}

Action read_action(StrictTable& table, std::string_view verb) {
  if (verb == "meupdate") return read_meupdate(table);
  if (verb == "updater") return read_updater(table);
  if (verb == "reset") return read_reset(table);
  if (verb == "until") return read_until(table);
  if (verb == "set_up") return read_set_up(table);
  if (verb == "fault") return read_fault(table);
  if (verb == "snapshot") return read_name<TakeSnapshot>(table, verb);
  if (verb == "restore") return read_name<Restore>(table, verb);
  if (verb == "fwu") return read_fwu(table.tables(verb));
  if (verb == "bus") return read_bus(table.tables(verb));
  if (verb == "bios") return read_bios(table);
  if (verb == "tpm_state") return read_tpm_state(table);
  if (verb == "tpm") return read_tpm(table.tables(verb));
  if (verb == "power") {
    Power power;
    table.read_named(verb, power.action, kPower);
    return power;
  }
  if (verb == "wait") {
    Wait wait;
    table.read(verb, wait.amount);
    return wait;
  }
  if (verb == "disarm") {
    bool all = true;
    if (table.read(verb, all) && !all) table.fail(verb, "disarm can only be true");
    return DisarmFaults{};
  }
  std::string why;
  table.read("check", why);
  return Check{};
}

/// Keys of actions whose values are passwords and passphrases: no report shows them.
constexpr std::string_view kSecrets[] = {
    "password",    "owner",       "take_ownership",
    "prove_owner", "clear_owner", emulator::machine::kOwnerPassphraseKey.key};

TomlNode without_secrets(TomlNode node) {
  for (TomlNode& element : node.array) element = without_secrets(std::move(element));
  for (TomlEntry& entry : node.table) {
    const bool secret = std::ranges::find(kSecrets, entry.key) != std::end(kSecrets);
    if (secret && entry.value.kind == TomlKind::string && !entry.value.string.empty())
      entry.value.string = "(not shown)";
    entry.value = without_secrets(std::move(entry.value));
  }
  return node;
}

std::string text_of(std::string_view verb, const TomlNode& value) {
  if (verb == "check") return value.string;
  const bool is_line = verb == "meupdate" || verb == "updater";
  if (!is_line || value.kind == TomlKind::string)
    return fmt::format("{} = {}", verb, to_toml(without_secrets(value)));
  std::string text(verb);
  for (const TomlNode& argument : value.array)
    text += ' ' + emulator::machine::without_secret(without_marks(argument.string));
  return text;
}

}  // namespace

void read_true(StrictTable& table, std::string_view key) {
  bool value = true;
  if (table.read(key, value) && !value) table.fail(key, fmt::format("{} can only be true", key));
}

std::string_view read_one_of(StrictTable& table, std::span<const std::string_view> choices,
                             std::string_view what) {
  std::string listed;
  std::string_view found;
  std::size_t count = 0;
  for (const std::string_view choice : choices) {
    listed += fmt::format("{}{}", listed.empty() ? "" : ", ", choice);
    if (!table.has(choice)) continue;
    found = choice;
    ++count;
  }
  if (count == 1) return found;
  table.fail("", fmt::format("{}: exactly one of {} must be given, not {}", what, listed, count));
  return {};
}

Step read_step(StrictTable& table) {
  Step step{.place = table.place()};
  const std::string_view verb = read_one_of(table, kStepVerbs, "what the step does");
  if (!verb.empty()) {
    step.action = read_action(table, verb);
    step.text = text_of(verb, *table.raw(verb));
  }
  table.read("title", step.text);
  if (auto expect = table.table("expect")) step.expect = read_expectation(*expect);
  return step;
}

}  // namespace scenarios::engine
