// SPDX-License-Identifier: BSD-3-Clause
// meupdate update: look at image and device, decide, say what will happen, ask, write, check.
#include <fcntl.h>

#include "updater/cli/command.h"
#include "updater/cli/host_power.h"
#include "updater/cli/logged_device.h"
#include "updater/cli/password_file.h"
#include "updater/cli/update_view.h"
#include "updater/report/json.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;

Exit exit_of(update::Outcome outcome) {
  switch (outcome) {
    case update::Outcome::updated:
    case update::Outcome::restart_needed:
      return Exit::done;
    case update::Outcome::failed_unchanged:
      return Exit::failed_unchanged;
    case update::Outcome::verify_failed:
      return Exit::verify_failed;
    case update::Outcome::interrupted_rerun:
      return Exit::interrupted_rerun;
    case update::Outcome::interrupted_recovery:
      return Exit::interrupted_recovery;
  }
  return Exit::failed_unchanged;
}

Exit exit_of(Halt halt) {
  switch (halt) {
    case Halt::dry_run:
      return Exit::done;
    case Halt::stopped:
      return Exit::interrupted_rerun;
    case Halt::nobody_to_ask:
    case Halt::declined:
      return Exit::refused;
  }
  return Exit::refused;
}

std::unique_ptr<UpdateView> make_view(Format format, Output& output) {
  if (format == Format::json) return make_json_view(output);
  if (format == Format::fwupdlcl) return make_fwupdlcl_view(output);
  return make_text_view(output);
}

/// One run of the command. Each step gives the exit status that ends it, or nothing to go on.
class UpdateRun {
 public:
  UpdateRun(const UpdateOptions& options, const Surroundings& around, Output& output)
      : options_(options),
        around_(around),
        output_(output),
        view_(make_view(options.format, output)) {}

  Exit run();

 private:
  std::optional<Exit> read_files();
  Exit with_device();
  Exit decide(OpenDevice& opened);
  Exit carry_out(const update::Plan& plan, mei::MeiDevice& device, base::Clock& clock);
  std::optional<Halt> halt();
  update::PlanOptions plan_options(const mei::MeiDevice& device) const;

  const UpdateOptions& options_;
  const Surroundings& around_;
  Output& output_;
  std::unique_ptr<UpdateView> view_;
  std::string password_;
  image::Image image_;
  std::vector<image::Defect> defects_;
};

Exit UpdateRun::run() {
  output_.log().note("run", command_text(around_.arguments));
  const auto early = read_files();
  const Exit exit = early ? *early : with_device();
  view_->finished(exit);
  output_.log().note("exit", std::to_string(static_cast<int>(exit)));
  return exit;
}

std::optional<Exit> UpdateRun::read_files() {
  if (options_.progress_fd && ::fcntl(*options_.progress_fd, F_GETFD) == -1) {
    view_->unusable_file({Errc::invalid, "--progress-fd: file descriptor " +
                                             std::to_string(*options_.progress_fd) +
                                             " is not open"});
    return Exit::usage;
  }
  Result<std::string> password = read_password(options_.password_file);
  auto file = image::read_file(options_.file);
  if (!password || !file) {
    view_->unusable_file(password ? file.error() : password.error());
    return Exit::usage;
  }
  password_ = *password;
  image::ParseOutcome parsed = image::parse(std::move(file).value());
  if (!parsed.image) {
    view_->unreadable_image(*parsed.defect);
    return Exit::refused;
  }
  image_ = std::move(*parsed.image);
  defects_ = image::verify(image_);
  return std::nullopt;
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

Exit UpdateRun::decide(OpenDevice& opened) {
  LoggedDevice device(opened.device(), output_.log());
  view_->connected(device);
  const auto inventory = inventory::collect(device);
  if (!inventory) {
    view_->silent_device(inventory.error());
    return Exit::no_device;
  }
  output_.log().note("info", report::document(report::info_json(*inventory)));
  output_.log().note("image", report::document(report::image_json(image_, defects_)));
  view_->compared(*inventory, image_, defects_);
  const update::Decision decision =
      update::plan_update(image_, defects_, *inventory, plan_options(device));
  if (const auto* refusal = std::get_if<update::Refusal>(&decision)) {
    output_.log().note("decision", report::one_line(report::refusal_json(*refusal)));
    view_->refused(*refusal);
    return Exit::refused;
  }
  if (const auto* nothing = std::get_if<update::NothingToDo>(&decision)) {
    view_->nothing_to_do(*nothing);
    return Exit::nothing_to_do;
  }
  const auto& plan = std::get<update::Plan>(decision);
  output_.log().note("plan", report::one_line(report::plan_json(plan)));
  view_->planned(plan, *inventory);
  if (const auto halted = halt()) {
    view_->halted(*halted);
    return exit_of(*halted);
  }
  return carry_out(plan, device, opened.clock());
}

Exit UpdateRun::carry_out(const update::Plan& plan, mei::MeiDevice& device, base::Clock& clock) {
  view_->writing();
  ProgressView progress(output_, view_->progress_style(), options_.progress_fd);
  const update::Report report = update::carry_out(plan, image_, device, clock, progress);
  const Exit exit = exit_of(report.outcome);
  progress.finish(report, exit);
  output_.log().note("result", report::one_line(report::outcome_json(report)));
  view_->ended(report, plan, command_text(around_.arguments));
  return exit;
}

std::optional<Halt> UpdateRun::halt() {
  if (options_.dry_run) return Halt::dry_run;
  if (!options_.yes && !output_.console().interactive()) return Halt::nobody_to_ask;
  const bool wanted = options_.yes || output_.confirm("Write this firmware? [y/N] ");
  if (output_.console().stop_requested()) return Halt::stopped;
  if (!wanted) return Halt::declined;
  return std::nullopt;
}

update::PlanOptions UpdateRun::plan_options(const mei::MeiDevice& device) const {
  return {.allow_downgrade = options_.allow_downgrade,
          .allow_same_version = options_.allow_same_version,
          .accept_undocumented_protocol = options_.accept_undocumented_protocol,
          .on_battery = !device.simulated() && host_power() == PowerSource::battery,
          .password = password_};
}

}  // namespace

Exit run_update(const UpdateOptions& options, const Surroundings& around) {
  auto log = LogFile::open(options.log);
  if (!log) {
    around.console.err("meupdate: " + log.error().doing + "\n");
    return Exit::usage;
  }
  Output output(around.console, **log);
  return UpdateRun(options, around, output).run();
}

}  // namespace updater::cli
