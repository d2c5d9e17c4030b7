// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/rehearse.h"

#include <fmt/format.h>

#include "emulator/machine/machine.h"
#include "emulator/tpm/itpm.h"
#include "updater/cli/board_facts.h"
#include "updater/cli/rehearsal_board.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/tis_host.h"
#include "updater/update/carry_out.h"

namespace updater::cli {
namespace {

using base::Result;
using emulator::machine::Machine;
using update::Rehearsal;
using update::RehearsalEnd;

constexpr base::Duration kPowerless = std::chrono::seconds(30);

class SilentListener final : public update::ProgressListener {
 public:
  void progress(const update::Progress&) override {}
};

/// The board, switched on, with the host's drivers before it.
class Stage {
 public:
  explicit Stage(RehearsalBoard board) : board_(std::move(board)) { switch_on(); }

  Result<inventory::Inventory> look(update::Via via);
  update::Decision decide(const RehearsalWish& wish, const inventory::Inventory& inventory) const;
  update::Targets targets() const;
  update::Report carry_out(const update::Plan& plan, const RehearsalWish& wish);
  /// The version that runs once its power was away for half a minute.
  std::optional<protocol::FirmwareVersion> version_after_power_cycle();

 private:
  Machine& machine() { return *board_.machine; }
  void switch_on();
  const tpm::OwnerSecret* owner(const RehearsalWish& wish) const;

  RehearsalBoard board_;
  tpm::OwnerSecret well_known_ = tpm::OwnerSecret::well_known();
  std::unique_ptr<mei::HeciHost> host_;
  std::unique_ptr<tpm::TisHost> tis_;
  std::optional<tpm::Tpm12Link> link_;
};

void Stage::switch_on() {
  machine().power_on();
  host_ = std::make_unique<mei::HeciHost>(machine().bar0(), machine().clock(),
                                          board_facts([this]() -> Machine& { return machine(); }));
  if (machine().itpm() == nullptr) return;
  await_bios(machine());
  tis_ = std::make_unique<tpm::TisHost>(machine().itpm()->tis(), machine().clock(),
                                        tpm::TisOptions{.name = "sim:rehearsal"});
  link_.emplace(*tis_, machine().clock());
}

Result<inventory::Inventory> Stage::look(update::Via via) {
  auto inventory = inventory::collect(*host_);
  if (!inventory || !tis_ || update::way_of(*inventory, via) != update::Way::tpm) return inventory;
  inventory->tpm = inventory::collect_tpm(*tis_, machine().clock());
  if (inventory->tpm) inventory->tpm->upgrade = tpm::FieldUpgrade(*link_).information();
  return inventory;
}

const tpm::OwnerSecret* Stage::owner(const RehearsalWish& wish) const {
  switch (board_.owner) {
    case TpmOwner::none:
      return nullptr;
    case TpmOwner::real_ones:
      return wish.owner;
    case TpmOwner::well_known:
      return &well_known_;
  }
  return nullptr;
}

update::Decision Stage::decide(const RehearsalWish& wish,
                               const inventory::Inventory& inventory) const {
  update::PlanOptions options = wish.options;
  options.backup = {};
  options.owner_secret =
      owner(wish) == nullptr ? update::OwnerSecretIs::missing : update::OwnerSecretIs::given;
  return update::plan_update(wish.image, wish.defects, inventory, targets(), options);
}

update::Targets Stage::targets() const {
  const auto inside = [](update::Role role) {
    return update::Target{.role = role,
                          .name = "sim:rehearsal",
                          .place = update::Place::in_sim,
                          .nature = update::Nature::simulated,
                          .board = {}};
  };
  update::Targets both{.me = inside(update::Role::me), .tpm = std::nullopt};
  if (tis_) both.tpm = inside(update::Role::tpm);
  return both;
}

update::Report Stage::carry_out(const update::Plan& plan, const RehearsalWish& wish) {
  SilentListener listener;
  const auto password = wish.options.password_given
                            ? base::Secret::copy_of(base::as_bytes(kStandInPassword))
                            : base::Secret();
  std::optional<update::TpmWay> way;
  if (plan.way == update::Way::tpm)
    way.emplace(update::TpmWay{.link = *link_, .owner = plan.by_owner ? owner(wish) : nullptr});
  return update::carry_out(plan, wish.image, *host_, machine().clock(), listener,
                           way ? &*way : nullptr, &password);
}

std::optional<protocol::FirmwareVersion> Stage::version_after_power_cycle() {
  host_.reset();
  machine().power_cut();
  machine().clock().sleep(kPowerless);
  switch_on();
  const auto inventory = inventory::collect(*host_);
  return inventory ? inventory::running_version(*inventory) : std::nullopt;
}

Rehearsal refused(const std::string& what) {
  return {.end = RehearsalEnd::refused, .what = what, .apart = {}, .took = {}};
}

Rehearsal failed(const update::Report& report) {
  const std::string reason = report.error ? ": " + report.error->doing : "";
  return {
      .end = RehearsalEnd::failed,
      .what = fmt::format(
          "it ended as {} while {}{}{}", name(report.outcome), name(report.stopped_in),
          report.device_status == 0 ? "" : fmt::format(", error {}", report.device_status), reason),
      .apart = {},
      .took = report.took};
}

/// What the update said is looked at once more, on a board that was switched off.
Rehearsal ended(Stage& stage, const update::Plan& plan, const update::Report& report) {
  const bool good = report.outcome == update::Outcome::updated ||
                    report.outcome == update::Outcome::restart_needed;
  if (!good) return failed(report);
  const auto runs = stage.version_after_power_cycle();
  if (runs != plan.to) {
    return {.end = RehearsalEnd::failed,
            .what = fmt::format("after it, switched off and on, the board runs {}",
                                runs ? to_text(*runs) : "nothing"),
            .apart = {},
            .took = report.took};
  }
  return {.end = RehearsalEnd::updated,
          .what = fmt::format("{} -> {}, and it still runs after a power cycle", to_text(plan.from),
                              to_text(plan.to)),
          .apart = {},
          .took = report.took};
}

Rehearsal play(Stage& stage, const RehearsalWish& wish) {
  const auto inventory = stage.look(wish.options.via);
  if (!inventory) return refused("the board does not answer: " + inventory.error().doing);
  const update::Decision decision = stage.decide(wish, *inventory);
  if (const auto* refusal = std::get_if<update::Refusal>(&decision)) return refused(refusal->what);
  if (const auto* nothing = std::get_if<update::NothingToDo>(&decision))
    return refused(nothing->what);
  const auto& plan = std::get<update::Plan>(decision);
  return ended(stage, plan, stage.carry_out(plan, wish));
}

}  // namespace

Rehearsal rehearse(const RehearsalWish& wish) {
  auto board = make_rehearsal_board(wish);
  if (!board) {
    return {
        .end = RehearsalEnd::not_possible, .what = board.error().doing, .apart = {}, .took = {}};
  }
  std::vector<std::string> apart = board->apart;
  Stage stage(std::move(board).value());
  Rehearsal rehearsal = play(stage, wish);
  rehearsal.apart = std::move(apart);
  return rehearsal;
}

}  // namespace updater::cli
