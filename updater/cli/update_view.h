// SPDX-License-Identifier: BSD-3-Clause
// What `meupdate update` says, in one of its formats: people's text, the era's tool, one JSON
// document.
#pragma once

#include <memory>

#include "protocol/tools/fwupdlcl.h"
#include "updater/cli/command.h"
#include "updater/cli/progress_view.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/update/carry_out.h"
#include "updater/update/plan.h"

namespace updater::cli {

/// How an update that may go on was not gone on with.
enum class Halt : std::uint8_t {
  dry_run,
  stopped,
  nobody_to_ask,
  declined,
  shown_alone,
  rehearsal_failed
};

/// Told in the order of the members; ends with finished().
class UpdateView {
 public:
  virtual ~UpdateView() = default;

  /// The image file, or another file of the command line, cannot be used.
  virtual void unusable_file(const base::Error& error) = 0;
  virtual void unreadable_image(const image::Defect& defect) = 0;
  virtual void no_device(const base::Error& error) = 0;
  virtual void connected(const mei::MeiDevice& device) = 0;
  virtual void silent_device(const base::Error& error) = 0;
  virtual void compared(const inventory::Inventory& inventory, const image::Image& image,
                        const std::vector<image::Defect>& defects) = 0;
  /// `again` is the command that gets further, where there is one; else empty.
  virtual void refused(const update::Refusal& refusal, const std::string& again) = 0;
  virtual void nothing_to_do(const update::NothingToDo& reason) = 0;
  virtual void planned(const update::Plan& plan) = 0;
  /// `again` is the command line.
  virtual void halted(Halt halt, const std::string& again) = 0;
  /// Now, and not before. `again` is the command that continues if nobody is left to tell it.
  virtual void writing(const update::Plan& plan, const std::string& again) = 0;
  virtual void ended(const update::Report& report, const update::Plan& plan,
                     const std::string& again) = 0;
  virtual void not_kept(
      const base::Error& error) = 0;  ///< a simulated machine's state could not be saved
  virtual void finished(Exit exit) = 0;

  virtual Shown progress_style() const = 0;
};

std::unique_ptr<UpdateView> make_text_view(Output& output);
std::unique_ptr<UpdateView> make_json_view(Output& output);
/// The era's tool says less without its switch -verbose.
enum class Verbosity : std::uint8_t { terse, verbose };
std::unique_ptr<UpdateView> make_fwupdlcl_view(Output& output, Verbosity verbosity);
/// In the words of the tools from ME 6 on.
std::unique_ptr<UpdateView> make_later_fwupdlcl_view(Output& output,
                                                     const protocol::tools::Fwupdlcl& dialect);

/// Lines for a person; with the command that continues where it was only interrupted.
std::string halt_text(Halt halt, const std::string& again);

}  // namespace updater::cli
