// SPDX-License-Identifier: BSD-3-Clause
// The updater of the public face: what asks a device, and what writes to it.
#include <utility>

#include "base/secret.h"
#include "face/convert.h"
#include "face/updater/parts.h"
#include "updater/report/json.h"
#include "updater/update/carry_out.h"
#include "updater/update/upgrade_talk.h"

namespace mebench {
namespace {

using face::shown;
using updater::inventory::Inventory;
using updater::tpm::OwnerSecret;
using updater::update::Decision;
using updater::update::OwnerSecretIs;
namespace update = updater::update;

static_assert(static_cast<int>(Phase::done) == static_cast<int>(update::Phase::done));
static_assert(static_cast<int>(Outcome::interrupted_recovery) ==
              static_cast<int>(update::Outcome::interrupted_recovery));

update::Via via_of(Via via) {
  switch (via) {
    case Via::automatic:
      return update::Via::automatic;
    case Via::heci:
      return update::Via::heci;
    case Via::tpm:
      return update::Via::tpm;
  }
  return update::Via::automatic;
}

std::optional<OwnerSecret> owner_of(const Secrets& secrets) {
  if (!secrets.owner_passphrase) return std::nullopt;
  return OwnerSecret::from_passphrase(*secrets.owner_passphrase);
}

update::Backup backup_of(const PlanOptions& options, const Inventory& inventory) {
  if (options.backup)
    return update::judge_backup("PlanOptions::backup", *options.backup, inventory);
  update::Backup none;
  if (options.without_backup) none.is = update::BackupIs::waived;
  return none;
}

update::PlanOptions options_of(const PlanOptions& options, const Secrets& secrets,
                               const Inventory& inventory) {
  return {.via = via_of(options.via),
          .allow_downgrade = options.allow_downgrade,
          .allow_same_version = options.allow_same_version,
          .accept_undocumented_protocol = options.accept_undocumented_protocol,
          .abort_other = options.abort_other,
          .password_given = !secrets.update_password.empty(),
          .backup = backup_of(options, inventory),
          .others = {}};
}

bool may_speak_of_updates(const Host& host, const updater::inventory::TpmInventory& tpm,
                          const PlanOptions& options) {
  const auto talk = options.accept_undocumented_protocol ? update::UpgradeTalk::to_any
                                                         : update::UpgradeTalk::to_simulated;
  return update::may_speak_of_updates(face::targets_of(host), tpm, talk);
}

class UsersListener final : public update::ProgressListener {
 public:
  explicit UsersListener(const OnProgress& listener) : listener_(listener) {}
  void progress(const update::Progress& progress) override {
    if (!listener_) return;
    stop_ |= listener_({.phase = static_cast<Phase>(progress.phase),
                        .bytes_done = progress.bytes_done,
                        .bytes_total = progress.bytes_total,
                        .at = progress.at}) == Then::stop;
  }
  bool stop_requested() override { return stop_; }

 private:
  const OnProgress& listener_;
  bool stop_ = false;
};

Report report_of(const update::Report& report) {
  Report out{.outcome = static_cast<Outcome>(report.outcome),
             .error = {},
             .stopped_in = static_cast<Phase>(report.stopped_in),
             .device_status = report.device_status,
             .version_after = {},
             .bytes_sent = report.bytes_sent,
             .took = report.took,
             .next_step = {},
             .safe_because = {}};
  if (report.error) out.error = shown(*report.error);
  if (report.version_after) out.version_after = shown(*report.version_after);
  if (report.home == nullptr) return out;
  out.next_step = update::words(report.home->next);
  out.safe_because = report.home->safe_because;
  return out;
}

}  // namespace

const char* name(Phase phase) {
  return update::name(static_cast<update::Phase>(phase));
}
const char* name(Outcome outcome) {
  return update::name(static_cast<update::Outcome>(outcome));
}

Updater::Parts::Parts(const Host& given) : host(given), clock(given.clock), me(given.me) {
  if (given.tpm == nullptr) return;
  tpm.emplace(*given.tpm);
  link.emplace(*tpm, clock);
}

base::Result<Inventory> Updater::Parts::look(const PlanOptions& options) {
  auto inventory = updater::inventory::collect(me);
  if (!inventory) return inventory;
  if (update::way_of(*inventory, via_of(options.via)) != update::Way::tpm) return inventory;
  if (!tpm) {
    inventory->tpm = base::Error{base::Errc::not_found, "this Host has no TPM"};
    return inventory;
  }
  inventory->tpm = updater::inventory::collect_tpm(*tpm, clock);
  if (inventory->tpm && may_speak_of_updates(host, *inventory->tpm, options)) {
    updater::tpm::FieldUpgrade upgrade(*link);
    inventory->tpm->upgrade = upgrade.information();
    if (inventory->tpm->upgrade) inventory->tpm->upload = upgrade.status();
  }
  return inventory;
}

base::Result<OwnerSecretIs> Updater::Parts::prove(const OwnerSecret& owner,
                                                  const PlanOptions& options) {
  using updater::tpm::LastTry;
  updater::tpm::Tpm12Client client(*link);
  const auto check =
      check_owner(client, owner, options.use_last_try ? LastTry::use : LastTry::spare);
  if (!check) return check.error();
  return update::known_after(check->verdict);
}

Updater::Updater(const Host& host) : parts_(std::make_unique<Parts>(host)) {}
Updater::~Updater() = default;
Updater::Updater(Updater&&) noexcept = default;
Updater& Updater::operator=(Updater&&) noexcept = default;

Result<std::string> Updater::info_json() {
  auto inventory = updater::inventory::collect(parts_->me);
  if (!inventory) return shown(inventory.error());
  if (parts_->tpm) inventory->tpm = updater::inventory::collect_tpm(*parts_->tpm, parts_->clock);
  return updater::report::document(updater::report::info_json(*inventory));
}

Result<FirmwareVersion> Updater::running_version() {
  const auto inventory = updater::inventory::collect(parts_->me);
  if (!inventory) return shown(inventory.error());
  const auto version = updater::inventory::running_version(*inventory);
  if (!version) return Error{Errc::not_found, "the device does not tell its version"};
  return shown(*version);
}

Result<Plan> Updater::plan(const Image& image, const PlanOptions& options, const Secrets& secrets) {
  const auto inventory = parts_->look(options);
  if (!inventory) return shown(inventory.error());
  update::Targets targets = face::targets_of(parts_->host);
  if (!inventory->tpm) targets.tpm.reset();
  const auto decide = [&](OwnerSecretIs owner) {
    update::PlanOptions inner = options_of(options, secrets, *inventory);
    inner.owner_secret = owner;
    return update::plan_update(image.parts_->image, image.parts_->defects, *inventory, targets,
                               inner);
  };
  const auto owner = owner_of(secrets);
  Decision decision = decide(owner ? OwnerSecretIs::given : OwnerSecretIs::missing);
  const auto* first = std::get_if<update::Plan>(&decision);
  if (first != nullptr && first->by_owner) {
    const auto proven = parts_->prove(*owner, options);
    if (!proven) return shown(proven.error());
    decision = decide(*proven);
  }
  return Plan(std::make_unique<Plan::Parts>(Plan::Parts{
      .decision = std::move(decision), .image = image.parts_.get(), .updater = parts_.get()}));
}

Result<Report> Updater::carry_out(const Plan& plan, const Image& image, const OnProgress& progress,
                                  const Secrets& secrets) {
  const update::Plan* ready = plan.parts_->ready();
  if (ready == nullptr) return Error{Errc::invalid, "this plan is not ready: " + plan.text()};
  if (!ready->shown_alone.empty()) return Error{Errc::invalid, ready->shown_alone};
  if (plan.parts_->image != image.parts_.get() || plan.parts_->updater != parts_.get())
    return Error{Errc::invalid, "this plan was made for another image or by another Updater"};
  const auto owner = owner_of(secrets);
  if (ready->by_owner && !owner)
    return Error{Errc::invalid, "this plan needs Secrets::owner_passphrase, as it was made with"};
  const auto password = base::Secret::copy_of(base::as_bytes(secrets.update_password));
  std::optional<update::TpmWay> way;
  if (ready->way == update::Way::tpm)
    way.emplace(
        update::TpmWay{.link = *parts_->link, .owner = ready->by_owner ? &*owner : nullptr});
  UsersListener listener(progress);
  return report_of(update::carry_out(*ready, image.parts_->image, parts_->me, parts_->clock,
                                     listener, way ? &*way : nullptr, &password));
}

}  // namespace mebench
