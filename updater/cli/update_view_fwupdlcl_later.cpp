// SPDX-License-Identifier: BSD-3-Clause
// FWUpdLcl of generation 6 and later: it names neither the flash nor the image, and no driver.
#include "updater/cli/update_view.h"
#include "updater/report/fwupdlcl.h"
#include "updater/report/people.h"

namespace updater::cli {
namespace {

using protocol::tools::Fwupdlcl;
using protocol::tools::Phrase;
using protocol::update::ToolError;

class LaterFwupdlclView final : public UpdateView {
 public:
  LaterFwupdlclView(Output& output, const Fwupdlcl& dialect) : output_(output), dialect_(dialect) {}

  void unusable_file(const base::Error& error) override {
    fail(ToolError::file_access, error.doing);
  }
  void unreadable_image(const image::Defect& defect) override {
    fail(defect.tool_error, to_text(defect));
  }
  void no_device(const base::Error& error) override { fail(ToolError::no_device, error.doing); }
  void connected(const mei::MeiDevice&) override {
    say(Phrase::way);
    say(Phrase::checking);
  }
  void silent_device(const base::Error& error) override {
    fail(ToolError::parameters_unreadable, report::error_text(error));
  }
  void compared(const inventory::Inventory&, const image::Image&,
                const std::vector<image::Defect>&) override {}
  void refused(const update::Refusal& refusal, const std::string& again) override {
    output_.out(report::fwupdlcl_refusal(refusal, dialect_));
    if (!again.empty()) output_.err(report::refusal_text(refusal, again));
  }
  void nothing_to_do(const update::NothingToDo& reason) override {
    fail(ToolError::allow_same_version_required, reason.what);
  }
  void planned(const update::Plan& plan) override {
    if (output_.console().interactive()) output_.err(report::plan_text(plan));
  }
  void halted(Halt halt, const std::string& again) override { output_.out(halt_text(halt, again)); }
  void writing(const update::Plan&, const std::string& again) override {
    output_.err(report::precaution_text(again));
    say(Phrase::warning);
  }
  void ended(const update::Report& report, const update::Plan& plan,
             const std::string& again) override {
    const bool good = report.outcome == update::Outcome::updated ||
                      report.outcome == update::Outcome::restart_needed;
    if (good || report.stopped_in > update::Phase::transferring) say(Phrase::sent);
    output_.out(report::fwupdlcl_outcome(report, dialect_));
    if (!good) output_.err(report::outcome_text(report, plan, again));
  }
  void not_kept(const base::Error& error) override { fail(ToolError::write_file, error.doing); }
  void finished(Exit) override {}

  Shown progress_style() const override {
    return output_.console().interactive() ? Shown::bar : Shown::nothing;
  }

 private:
  void say(Phrase which) { output_.out(report::fwupdlcl_line(dialect_, which)); }
  void fail(ToolError error, const std::string& what) {
    output_.out(report::fwupdlcl_error(protocol::update::number(error), what, dialect_));
  }

  Output& output_;
  const Fwupdlcl& dialect_;
};

}  // namespace

std::unique_ptr<UpdateView> make_later_fwupdlcl_view(Output& output, const Fwupdlcl& dialect) {
  return std::make_unique<LaterFwupdlclView>(output, dialect);
}

}  // namespace updater::cli
