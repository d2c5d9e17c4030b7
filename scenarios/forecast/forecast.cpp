// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/forecast/forecast.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>

#include "emulator/factory/update_image.h"
#include "emulator/machine/machine.h"
#include "emulator/tpm/itpm.h"
#include "protocol/mei/fwu.h"
#include "updater/inventory/inventory.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/field_upgrade.h"
#include "updater/tpm/tis_host.h"
#include "updater/tpm/tpm12_link.h"
#include "updater/update/carry_out.h"
#include "updater/update/plan.h"

namespace scenarios::forecast {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using emulator::machine::Machine;
using emulator::machine::Override;
using emulator::machine::Profile;
using updater::image::Image;
using updater::update::Way;
namespace update = updater::update;

constexpr const char* kOwner = "the owner's secret";

class Unwatched final : public update::ProgressListener {
  void progress(const update::Progress&) override {}
};

/// What meupdate has of a board's TPM.
struct TpmSide {
  TpmSide(Machine& board)
      : host(board.itpm()->tis(), board.clock()),
        link(host, board.clock()),
        owner(updater::tpm::OwnerSecret::from_passphrase(kOwner)) {}
  updater::tpm::TisHost host;
  updater::tpm::Tpm12Link link;
  updater::tpm::OwnerSecret owner;
};

update::Target in_sim(update::Role role) {
  return {.role = role,
          .name = "sim",
          .place = update::Place::in_sim,
          .nature = update::Nature::simulated};
}

Error refused(const std::string& why) {
  return {Errc::refused, "the update would be refused: " + why};
}

Result<update::Plan> planned(const Image& image, const updater::inventory::Inventory& inventory,
                             Way way) {
  update::Targets targets{.me = in_sim(update::Role::me), .tpm = {}};
  if (way == Way::tpm) targets.tpm = in_sim(update::Role::tpm);
  const update::PlanOptions options{.via = way == Way::tpm ? update::Via::tpm : update::Via::heci,
                                    .owner_secret = update::OwnerSecretIs::given,
                                    .allow_downgrade = true,
                                    .allow_same_version = true,
                                    .backup = {},
                                    .others = {}};
  auto decision =
      update::plan_update(image, updater::image::verify(image), inventory, targets, options);
  if (const auto* refusal = std::get_if<update::Refusal>(&decision)) return refused(refusal->what);
  auto* plan = std::get_if<update::Plan>(&decision);
  if (plan != nullptr && !plan->shown_alone.empty()) return refused(plan->shown_alone);
  if (plan != nullptr) return std::move(*plan);
  return refused("the board runs this version already");
}

}  // namespace

Result<Profile> open_profile(const Subject& subject, Way way) {
  std::vector<Override> set = subject.set;
  const auto open = [&](const char* key, std::string value) {
    set.push_back({.key = key, .value = std::move(value), .where = "mesim bench"});
  };
  const int interfaces =
      protocol::fwu::kInterfaceLocal | (way == Way::tpm ? protocol::fwu::kInterfaceTpm : 0);
  open("settings.enabled_update_interfaces", std::to_string(interfaces));
  open("settings.local_update", "\"enabled\"");
  if (way == Way::tpm) {
    open("tpm.state.ownership", "\"owned\"");
    open("tpm.state.owner_secret", "\"passphrase\"");
    open("tpm.state.owner_passphrase", fmt::format("\"{}\"", kOwner));
    open("tpm.state.enabled", "true");
    open("tpm.state.active", "true");
  }
  return emulator::machine::load_profile(subject.machine, set);
}

Result<Image> next_image(const Profile& profile) {
  protocol::FirmwareVersion version = profile.firmware.identity.version;
  ++version.build;
  auto bytes = emulator::factory::build_update_image(
      {.version = version,
       .sku = profile.firmware.identity.sku,
       .size = profile.flash.code_size,
       .private_key_pem = emulator::machine::factory_key(profile)});
  if (!bytes) return bytes.error();
  auto outcome = updater::image::parse(*std::move(bytes));
  if (!outcome.image) return Error{Errc::invalid, to_text(*outcome.defect)};
  return *std::move(outcome.image);
}

Result<Forecast> forecast(const Profile& profile, const Image& image, Way way) {
  auto built = Machine::build(profile);
  if (!built) return built.error();
  Machine& board = **built;
  board.boot();
  if (way == Way::tpm && board.itpm() == nullptr)
    return Error{Errc::unsupported, "this board has no TPM"};
  updater::mei::HeciHost host(board.bar0(), board.clock(), {.name = "sim", .simulated = true});
  auto inventory = updater::inventory::collect(host);
  if (!inventory) return inventory.error();
  std::optional<TpmSide> tpm;
  if (way == Way::tpm) {
    tpm.emplace(board);
    inventory->tpm = updater::inventory::collect_tpm(tpm->host, board.clock());
    if (!inventory->tpm) return inventory->tpm.error();
    inventory->tpm->upgrade = updater::tpm::FieldUpgrade(tpm->link).information();
  }
  const auto plan = planned(image, *inventory, way);
  if (!plan) return plan.error();
  std::optional<update::TpmWay> through;
  if (tpm) through.emplace(update::TpmWay{.link = tpm->link, .owner = &tpm->owner});
  Unwatched listener;
  TimeSpent spent(board);
  const auto report =
      update::carry_out(*plan, image, host, board.clock(), listener, through ? &*through : nullptr);
  if (report.outcome != update::Outcome::updated) {
    return refused(report.error ? report.error->doing : std::string(name(report.outcome)));
  }
  return Forecast{.way = way,
                  .bytes = plan->bytes,
                  .message_payload = plan->message_payload,
                  .total = report.took,
                  .shares = spent.finish()};
}

Result<Forecast> forecast(const Subject& subject, const Image& image, Way way) {
  const auto profile = open_profile(subject, way);
  if (!profile) return profile.error();
  return forecast(*profile, image, way);
}

}  // namespace scenarios::forecast
