// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/update_view.h"
#include "updater/report/people.h"
#include "updater/report/printable.h"

namespace updater::cli {
namespace {

class TextView final : public UpdateView {
 public:
  explicit TextView(Output& output) : output_(output) {}

  void unusable_file(const base::Error& error) override { complain(error.doing); }
  void unreadable_image(const image::Defect& defect) override {
    output_.err("meupdate: " + report::unreadable_text(defect, ". Nothing was written."));
  }
  void no_device(const base::Error& error) override { complain(error.doing); }
  void connected(const mei::MeiDevice&) override {}
  void silent_device(const base::Error& error) override {
    complain("the device does not answer: " + report::error_text(error) + ". Nothing was written.");
  }
  void compared(const inventory::Inventory&, const image::Image&,
                const std::vector<image::Defect>&) override {}
  void refused(const update::Refusal& refusal, const std::string& again) override {
    output_.err(report::refusal_text(refusal, again));
  }
  void nothing_to_do(const update::NothingToDo& reason) override {
    output_.out("Nothing to do: " + reason.what + " (--allow-same-version writes it again.)\n");
  }
  void planned(const update::Plan& plan) override { output_.out(report::plan_text(plan)); }
  void halted(Halt halt, const std::string& again) override { output_.out(halt_text(halt, again)); }
  void writing(const update::Plan&, const std::string& again) override {
    output_.out(report::precaution_text(again));
  }
  void ended(const update::Report& report, const update::Plan& plan,
             const std::string& again) override {
    const std::string text = report::outcome_text(report, plan, again);
    const bool good = report.outcome == update::Outcome::updated ||
                      report.outcome == update::Outcome::restart_needed;
    good ? output_.out(text) : output_.err(text);
  }
  void not_kept(const base::Error& error) override { complain(error.doing); }
  void finished(Exit) override {}

  Shown progress_style() const override {
    return output_.console().interactive() ? Shown::bar : Shown::phases;
  }

 private:
  void complain(const std::string& what) { output_.err("meupdate: " + what + "\n"); }

  Output& output_;
};

}  // namespace

std::unique_ptr<UpdateView> make_text_view(Output& output) {
  return std::make_unique<TextView>(output);
}

std::string halt_text(Halt halt, const std::string& again) {
  switch (halt) {
    case Halt::dry_run:
      return "Dry run: nothing was written.\n";
    case Halt::nobody_to_ask:
      return "Nothing was written: there is no terminal to ask on. Give -y to go ahead without "
             "being asked.\n";
    case Halt::stopped:
      return "Nothing was written: stopped as asked.\n" + report::continue_with(again);
    case Halt::declined:
      return "Nothing was written: not confirmed.\n";
    case Halt::shown_alone:
      return "Nothing was written: this is a plan alone.\n"
             "Next step: use the board maker's tool. No option changes this.\n";
    case Halt::rehearsal_failed:
      return "Nothing was written: the rehearsal did not end in the new version.\n"
             "Next step: use an image with which it does, or a newer dump; the plan above says how "
             "it ended.\n";
  }
  return "";
}

}  // namespace updater::cli
