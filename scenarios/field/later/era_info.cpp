// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/era_info.h"

#include <fmt/format.h>

#include "protocol/mei/clients.h"
#include "protocol/tools/meinfo_errors.h"
#include "updater/report/meinfo.h"

namespace scenarios::field {
namespace {

/// What the host tells, where no client of the engine did.
void add_the_hosts(const emulator::machine::Profile& profile,
                   updater::inventory::Inventory& inventory) {
  if (inventory.code_versions) return;
  protocol::amthi::CodeVersions told;
  told.bios = profile.firmware.surroundings.bios_version;
  told.entries.push_back({"VendorID", fmt::format("{:04X}", profile.firmware.identity.vendor)});
  inventory.code_versions = std::move(told);
}

std::string failures(std::uint16_t generation) {
  std::string text;
  for (const auto& row : protocol::tools::kMeinfoFailures) {
    if (row.first <= generation && generation <= row.last)
      text += fmt::format("Error {}: {}\n", row.number, row.text);
  }
  return text;
}

}  // namespace

std::string EraInfo::command() const {
  std::string text = "meupdate info";
  for (const auto* part : {status, report}) {
    if (part == nullptr) continue;
    const bool own = !part->format.empty();
    text += fmt::format("{} --format {}", text.ends_with("info") ? "" : ", and meupdate info",
                        own ? part->format : "meinfo");
  }
  return text;
}

std::string run_meinfo(const EraInfo& info, engine::World& world) {
  world.drop_driver();
  const auto device = world.make_driver();
  std::string text;
  auto inventory = updater::inventory::collect(*device);
  updater::inventory::Inventory words;
  words.firmware_status_words = device->firmware_status_words();
  const bool silent = !inventory;
  updater::inventory::Inventory& told = silent ? words : *inventory;
  add_the_hosts(world.machine().profile(), told);
  if (info.status != nullptr) text += updater::report::meinfo(told, *info.status);
  if (silent) return text + failures(info.generation);
  if (info.report != nullptr) text += updater::report::meinfo(told, *info.report);
  return text;
}

}  // namespace scenarios::field
