// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/update_view.h"
#include "updater/report/json.h"
#include "updater/report/people.h"

namespace updater::cli {
namespace {

const char* halt_name(Halt halt) {
  switch (halt) {
    case Halt::dry_run:
      return "dry-run";
    case Halt::nobody_to_ask:
      return "nobody-to-ask";
    case Halt::stopped:
      return "stopped";
    case Halt::declined:
      return "declined";
    case Halt::shown_alone:
      return "shown-alone";
    case Halt::rehearsal_failed:
      return "rehearsal-failed";
  }
  return "";
}

/// Collects one document and prints it at the end, whatever that end is.
class JsonView final : public UpdateView {
 public:
  explicit JsonView(Output& output) : output_(output) {
    document_["schema"] = "meupdate-update-1";
    document_["decision"] = "none";
  }

  void unusable_file(const base::Error& error) override {
    document_["error"] = report::error_json(error);
  }
  void unreadable_image(const image::Defect& defect) override {
    document_["decision"] = "refused";
    document_["image"] = {{"sound", false}, {"defects", {report::defect_json(defect)}}};
  }
  void no_device(const base::Error& error) override {
    document_["error"] = report::error_json(error);
  }
  void connected(const mei::MeiDevice& device) override { document_["device"] = device.name(); }
  void silent_device(const base::Error& error) override {
    document_["error"] = report::error_json(error);
  }
  void compared(const inventory::Inventory& inventory, const image::Image& image,
                const std::vector<image::Defect>& defects) override {
    document_["inventory"] = report::info_json(inventory);
    document_["image"] = report::image_json(image, defects);
  }
  void refused(const update::Refusal& refusal, const std::string& again) override {
    document_["decision"] = "refused";
    document_["refusal"] = report::refusal_json(refusal);
    if (!again.empty()) document_["continue_with"] = again;
  }
  void nothing_to_do(const update::NothingToDo& reason) override {
    document_["decision"] = "nothing-to-do";
    document_["reason"] = reason.what;
  }
  void planned(const update::Plan& plan) override {
    document_["decision"] = "update";
    document_["plan"] = report::plan_json(plan);
    if (output_.console().interactive()) output_.err(report::plan_text(plan));
  }
  void halted(Halt halt, const std::string& again) override {
    document_["halted"] = halt_name(halt);
    if (halt == Halt::stopped) document_["continue_with"] = again;
  }
  void writing(const update::Plan&, const std::string& again) override {
    output_.err(report::precaution_text(again));
  }
  void ended(const update::Report& report, const update::Plan&, const std::string& again) override {
    document_["result"] = report::outcome_json(report);
    if (can_continue(report)) document_["continue_with"] = again;
  }
  void not_kept(const base::Error& error) override {
    document_["error"] = report::error_json(error);
  }
  void finished(Exit exit) override {
    document_["exit"] = static_cast<int>(exit);
    output_.out(report::document(document_));
  }

  Shown progress_style() const override {
    return output_.console().interactive() ? Shown::bar : Shown::nothing;
  }

 private:
  Output& output_;
  report::Json document_;
};

}  // namespace

std::unique_ptr<UpdateView> make_json_view(Output& output) {
  return std::make_unique<JsonView>(output);
}

}  // namespace updater::cli
