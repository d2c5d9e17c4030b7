// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/update_view.h"
#include "updater/report/fwupdlcl.h"
#include "updater/report/people.h"

namespace updater::cli {
namespace {

using protocol::update::number;
using protocol::update::ToolError;

ToolError opening_error(const base::Error& error) {
  return error.code == base::Errc::timeout ? ToolError::no_response : ToolError::no_device;
}

ToolError silence_error(const base::Error& error) {
  return error.code == base::Errc::timeout ? ToolError::no_response : ToolError::transfer_failed;
}

class FwupdlclView final : public UpdateView {
 public:
  FwupdlclView(Output& output, Verbosity verbosity) : output_(output), verbosity_(verbosity) {}

  void unusable_file(const base::Error& error) override {
    fail(ToolError::file_access, error.doing);
  }
  void unreadable_image(const image::Defect& defect) override {
    fail(defect.tool_error, to_text(defect));
  }
  void no_device(const base::Error& error) override {
    output_.out(report::fwupdlcl_connecting({}));
    fail(opening_error(error), error.doing);
  }
  void connected(const mei::MeiDevice& device) override {
    output_.out(report::fwupdlcl_connecting(verbose() ? device.host_facts() : mei::HostFacts{}));
  }
  void silent_device(const base::Error& error) override {
    fail(silence_error(error), report::error_text(error));
  }
  void compared(const inventory::Inventory& inventory, const image::Image& image,
                const std::vector<image::Defect>&) override {
    if (!verbose()) return;
    output_.out(report::fwupdlcl_flash_info(inventory) + report::fwupdlcl_image_info(image));
  }
  void refused(const update::Refusal& refusal, const std::string& again) override {
    // The T400's log has the mode before 8729; over HECI the Esprimo's 8721 comes without.
    if (refusal.way == update::Way::tpm) output_.out(report::fwupdlcl_mode(*refusal.way));
    output_.out(report::fwupdlcl_refusal(refusal));
    if (!again.empty()) output_.err(report::refusal_text(refusal, again));
  }
  void nothing_to_do(const update::NothingToDo& reason) override {
    fail(ToolError::allow_same_version_required, reason.what);
  }
  void planned(const update::Plan& plan) override {
    if (output_.console().interactive()) output_.err(report::plan_text(plan));
  }
  void halted(Halt halt, const std::string& again) override { output_.out(halt_text(halt, again)); }
  void writing(const update::Plan& plan, const std::string& again) override {
    output_.err(report::precaution_text(again));
    output_.out(report::fwupdlcl_mode(plan.way) + report::fwupdlcl_uploading(plan.way));
  }
  void ended(const update::Report& report, const update::Plan& plan,
             const std::string& again) override {
    output_.out(report::fwupdlcl_outcome(report));
    const bool good = report.outcome == update::Outcome::updated ||
                      report.outcome == update::Outcome::restart_needed;
    if (!good) output_.err(report::outcome_text(report, plan, again));
  }
  void not_kept(const base::Error& error) override { fail(ToolError::write_file, error.doing); }
  void finished(Exit) override {}

  Shown progress_style() const override {
    return output_.console().interactive() ? Shown::bar : Shown::nothing;
  }

 private:
  void fail(ToolError error, const std::string& what) {
    output_.out(report::fwupdlcl_error(number(error), what));
  }

  bool verbose() const { return verbosity_ == Verbosity::verbose; }

  Output& output_;
  Verbosity verbosity_;
};

}  // namespace

std::unique_ptr<UpdateView> make_fwupdlcl_view(Output& output, Verbosity verbosity) {
  return std::make_unique<FwupdlclView>(output, verbosity);
}

}  // namespace updater::cli
