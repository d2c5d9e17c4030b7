// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/update_command.h"

#include <fcntl.h>

#include "base/planted.h"
#include "updater/cli/logged_device.h"
#include "updater/cli/next_command.h"
#include "updater/cli/password_file.h"
#include "updater/cli/tpm_commands.h"
#include "updater/cli/update_backup.h"
#include "updater/cli/update_exit.h"
#include "updater/cli/update_tpm.h"
#include "updater/cli/update_view.h"
#include "updater/io/read_file.h"
#include "updater/report/json.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

std::unique_ptr<UpdateView> make_view(const UpdateFormat& format, Output& output) {
  if (format.dialect != nullptr) return make_later_fwupdlcl_view(output, *format.dialect);
  if (format.shape == Format::json) return make_json_view(output);
  if (format.shape == Format::fwupdlcl) return make_fwupdlcl_view(output, Verbosity::verbose);
  if (format.shape == Format::fwupdlcl_terse) return make_fwupdlcl_view(output, Verbosity::terse);
  return make_text_view(output);
}

/// One run of the command. Each step gives the exit status that ends it, or nothing to go on.
class UpdateRun {
 public:
  UpdateRun(const UpdateOptions& options, const Surroundings& around, Output& output)
      : options_(options),
        around_(around),
        output_(output),
        view_(make_view(options.format, output)),
        backup_(options) {}

  Exit run();

 private:
  std::optional<Exit> read_files();
  Result<void> read_secrets();
  Exit with_device();
  Exit decide(OpenDevice& opened);
  /// Before the device is asked anything: the other updater is to have it for itself.
  std::optional<Exit> claim(OpenDevice& opened);
  update::Decision decision(const inventory::Inventory& inventory, const UpdateTpm& tpm) const;
  /// The same once the TPM owner's secret was asked for and tried, where that is needed.
  base::Result<update::Decision> decision_with_owner(inventory::Inventory& inventory,
                                                     UpdateTpm& tpm);
  Exit act(const update::Decision& decision, OpenDevice& opened, mei::MeiDevice& device,
           const inventory::Inventory& inventory, UpdateTpm& tpm);
  /// Where there is a backup, so that there is a board to make.
  std::optional<update::Rehearsal> rehearse(const inventory::Inventory& inventory);
  Exit carry_out(const update::Plan& plan, mei::MeiDevice& device, base::Clock& clock,
                 UpdateTpm& tpm);
  void say_what_was_left_out();
  update::CommandChange change_after(const update::Report& report) const;
  std::optional<Halt> halt(const update::Plan& plan);
  update::PlanOptions plan_options() const;

  const UpdateOptions& options_;
  const Surroundings& around_;
  Output& output_;
  std::unique_ptr<UpdateView> view_;
  std::optional<os::NoCoreDumps> held_;  ///< there before the first secret, and longer
  base::Secret password_;
  MaybeSecret owner_;
  UpdateBackup backup_;
  update::Targets targets_;
  std::vector<std::string> others_;
  image::Image image_;
  std::vector<image::Defect> defects_;
};

Exit UpdateRun::run() {
  const auto early = read_files();
  const Exit exit = early ? *early : with_device();
  view_->finished(exit);
  return exit;
}

std::optional<Exit> UpdateRun::read_files() {
  if (options_.progress_fd && ::fcntl(*options_.progress_fd, F_GETFD) == -1) {
    view_->unusable_file({Errc::invalid, "--progress-fd: file descriptor " +
                                             std::to_string(*options_.progress_fd) +
                                             " is not open"});
    return Exit::usage;
  }
  const Result<void> secrets = read_secrets();
  auto file = io::read_file(options_.file);
  const Result<void> backup = backup_.read();
  if (!secrets || !file || !backup) {
    view_->unusable_file(!secrets ? secrets.error() : !file ? file.error() : backup.error());
    return Exit::usage;
  }
  image::ParseOutcome parsed = image::parse(std::move(file).value());
  if (!parsed.image) {
    view_->unreadable_image(*parsed.defect);
    return Exit::refused;
  }
  image_ = std::move(*parsed.image);
  defects_ = around_.opener.defects_of(image_);
  return std::nullopt;
}

Result<void> UpdateRun::read_secrets() {
  if (options_.password_file.empty() && !options_.owner.given()) return {};
  held_.emplace();
  Result<base::Secret> password = read_password(options_.password_file, *held_);
  if (!password) return password.error();
  Result<MaybeSecret> owner = read_owner_secret(options_.owner, *held_);
  if (!owner) return owner.error();
  password_ = std::move(password).value();
  owner_ = std::move(owner).value();
  return {};
}

Exit UpdateRun::with_device() {
  auto opened = around_.opener.open(options_.device);
  if (!opened) {
    view_->no_device(opened.error());
    return exit_for(opened.error());
  }
  output_.log().use_clock(&(*opened)->clock());
  const Exit decided = decide(**opened);
  const Result<void> closed = (*opened)->close();
  output_.log().use_clock(nullptr);
  if (closed) return decided;
  view_->not_kept(closed.error());
  return Exit::failed_unchanged;
}

std::optional<Exit> UpdateRun::claim(OpenDevice& opened) {
  if (options_.dry_run) return std::nullopt;
  const Result<void> claimed = opened.claim();
  if (claimed) return std::nullopt;
  if (claimed.error().code != Errc::busy) {
    view_->silent_device(claimed.error());
    return Exit::no_device;
  }
  const update::Refusal refusal = update::another_updater(claimed.error());
  output_.log().note("decision", [&] { return report::one_line(report::refusal_json(refusal)); });
  view_->refused(refusal, "");
  return exit_of(refusal.obstacle);
}

Exit UpdateRun::decide(OpenDevice& opened) {
  targets_.me = opened.me_target();
  LoggedDevice device(opened.device(), output_.log());
  view_->connected(device);
  if (const auto stopped = claim(opened)) return *stopped;
  others_ = opened.others();
  auto inventory = inventory::collect(device);
  if (!inventory) {
    view_->silent_device(inventory.error());
    return Exit::no_device;
  }
  inventory->era_tools = opened.era_tools();
  UpdateTpm tpm(
      opened, output_,
      options_.accept_undocumented_protocol ? UpgradeTalk::to_any : UpgradeTalk::to_simulated);
  tpm.collect(*inventory, targets_, options_.via);
  backup_.judge(*inventory);
  output_.log().note("targets", [&] { return report::one_line(report::targets_json(targets_)); });
  output_.log().note("info", [&] { return report::document(report::info_json(*inventory)); });
  output_.log().note("image",
                     [&] { return report::document(report::image_json(image_, defects_)); });
  view_->compared(*inventory, image_, defects_);
  const auto decided = decision_with_owner(*inventory, tpm);
  if (!decided) {
    view_->silent_device(decided.error());
    return exit_for_tpm(decided.error());
  }
  return act(*decided, opened, device, *inventory, tpm);
}

update::Decision UpdateRun::decision(const inventory::Inventory& inventory,
                                     const UpdateTpm& tpm) const {
  update::PlanOptions options = plan_options();
  options.owner_secret = tpm.owner_secret(owner_);
  return update::plan_update(image_, defects_, inventory, targets_, options);
}

Result<update::Decision> UpdateRun::decision_with_owner(inventory::Inventory& inventory,
                                                        UpdateTpm& tpm) {
  update::Decision first = decision(inventory, tpm);
  if (const auto* refusal = std::get_if<update::Refusal>(&first);
      refusal != nullptr && refusal->obstacle == update::Obstacle::owner_secret_missing) {
    if (!held_) held_.emplace();
    auto asked = ask_owner_secret(options_.owner, output_.console(), *held_);
    if (!asked) return asked.error();
    owner_ = std::move(asked).value();
    if (!owner_) return first;
    first = decision(inventory, tpm);
  }
  const auto* plan = std::get_if<update::Plan>(&first);
  if (plan == nullptr || !plan->by_owner) return first;
  const auto tried = tpm.try_owner(*owner_, consent(options_.yes), inventory);
  if (!tried) return tried.error();
  return decision(inventory, tpm);
}

std::optional<update::Rehearsal> UpdateRun::rehearse(const inventory::Inventory& inventory) {
  if (backup_.backup().is != update::BackupIs::sound) return std::nullopt;
  const update::PlanOptions options = plan_options();
  return around_.opener.rehearse({.file = backup_.backup().file,
                                  .dump = backup_.dump(),
                                  .image = image_,
                                  .defects = defects_,
                                  .device = inventory,
                                  .options = options,
                                  .owner = owner_ ? &*owner_ : nullptr});
}

Exit UpdateRun::act(const update::Decision& decision, OpenDevice& opened, mei::MeiDevice& device,
                    const inventory::Inventory& inventory, UpdateTpm& tpm) {
  if (const auto* refusal = std::get_if<update::Refusal>(&decision)) {
    output_.log().note("decision",
                       [&] { return report::one_line(report::refusal_json(*refusal)); });
    view_->refused(*refusal, refusal->again ? command_text(around_, *refusal->again) : "");
    return exit_of(refusal->obstacle);
  }
  if (const auto* nothing = std::get_if<update::NothingToDo>(&decision)) {
    view_->nothing_to_do(*nothing);
    return Exit::nothing_to_do;
  }
  update::Plan plan = std::get<update::Plan>(decision);
  plan.rehearsal = rehearse(inventory);
  output_.log().note("plan", [&] { return report::one_line(report::plan_json(plan)); });
  view_->planned(plan);
  if (const auto halted = halt(plan)) {
    view_->halted(*halted, command_text(around_));
    if (*halted == Halt::stopped) say_what_was_left_out();
    return exit_of(*halted);
  }
  return carry_out(plan, device, opened.clock(), tpm);
}

Exit UpdateRun::carry_out(const update::Plan& plan, mei::MeiDevice& device, base::Clock& clock,
                          UpdateTpm& tpm) {
  const std::string again = command_text(around_);
  view_->writing(plan, again);
  say_what_was_left_out();
  ProgressView progress(output_, view_->progress_style(), options_.progress_fd);
  const auto way = tpm.way(plan, owner_);
  const update::Report report =
      update::carry_out(plan, image_, device, clock, progress, way ? &*way : nullptr, &password_);
  const Exit exit = exit_of(report.outcome);
  progress.finish(report, exit);
  output_.log().note("result", [&] { return report::one_line(report::outcome_json(report)); });
  view_->ended(report, plan, command_text(around_, change_after(report)));
  if (base::planted(base::PlantedBug::secret_on_screen) && report.home != nullptr) {
    const auto secret = io::read_file(options_.owner.passphrase_file);
    if (secret) output_.err(std::string(secret->begin(), secret->end()));
  }
  return exit;
}

/// Of the command that was just printed.
void UpdateRun::say_what_was_left_out() {
  const std::string words = secrets_left_out(around_);
  if (!words.empty()) output_.err(words);
}

/// Who asked for the TPM by name gets it nowhere while the recovery code runs.
update::CommandChange UpdateRun::change_after(const update::Report& report) const {
  const bool over_heci = report.home != nullptr && report.home->next == update::Next::run_over_heci;
  return {.over_heci = over_heci && options_.via == update::Via::tpm};
}

std::optional<Halt> UpdateRun::halt(const update::Plan& plan) {
  if (plan.rehearsal && !allows_writing(*plan.rehearsal)) return Halt::rehearsal_failed;
  if (options_.dry_run) return Halt::dry_run;
  if (!plan.shown_alone.empty()) return Halt::shown_alone;
  if (!options_.yes && !output_.console().interactive()) return Halt::nobody_to_ask;
  const bool wanted = options_.yes || output_.confirm("Write this firmware? [y/N] ");
  if (output_.console().stop_requested()) return Halt::stopped;
  if (!wanted) return Halt::declined;
  return std::nullopt;
}

update::PlanOptions UpdateRun::plan_options() const {
  return {.via = options_.via,
          .allow_downgrade = options_.allow_downgrade,
          .allow_same_version = options_.allow_same_version,
          .accept_undocumented_protocol = options_.accept_undocumented_protocol,
          .abort_other = options_.abort_other,
          .password_given = !password_.empty(),
          .backup = backup_.backup(),
          .others = others_};
}

}  // namespace

Exit run_update(const UpdateOptions& options, const Surroundings& around) {
  const auto complain = [&](Output& output, const base::Error& error) {
    const auto view = make_view(options.format, output);
    view->unusable_file(error);
    view->finished(Exit::usage);
  };
  return with_log(options.log, around, complain,
                  [&](Output& output) { return UpdateRun(options, around, output).run(); });
}

}  // namespace updater::cli
