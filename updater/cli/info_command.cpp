// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/info_command.h"

#include "updater/cli/ask_tpm.h"
#include "updater/cli/logged_device.h"
#include "updater/report/json.h"
#include "updater/report/meinfo.h"
#include "updater/report/people.h"
#include "updater/report/status_text.h"

namespace updater::cli {
namespace {

std::string shown(const inventory::Inventory& inventory, const InfoFormat& format) {
  if (format.shape == Format::json) return report::document(report::info_json(inventory));
  if (format.dialect != nullptr) return report::meinfo(inventory, *format.dialect);
  if (format.shape == Format::meinfo) return report::meinfo(inventory);
  return report::info_text(inventory);
}

/// In JSON the document says so, whatever happens.
void complain(Output& output, const InfoOptions& options, const base::Error& error,
              const std::string& text) {
  if (options.format.shape == Format::json) {
    output.out(
        report::document({{"schema", "meupdate-info-1"}, {"error", report::error_json(error)}}));
  } else {
    output.err("meupdate: " + text + "\n");
  }
}

/// An engine that answers nothing may still say how it is.
void tell_status(mei::MeiDevice& device, const InfoOptions& options, Output& output) {
  const auto status = protocol::heci::read_status(device.firmware_status_words(), 0);
  const bool told = status && status->documented() && options.format.shape != Format::json;
  if (told) output.err(report::status_text(*status));
}

Exit show(OpenDevice& device, const InfoOptions& options, Output& output) {
  LoggedDevice logged(device.device(), output.log());
  auto inventory = inventory::collect(logged);
  if (!inventory) {
    complain(output, options, inventory.error(),
             logged.name() + " does not answer: " + report::error_text(inventory.error()));
    tell_status(logged, options, output);
    return Exit::no_device;
  }
  inventory->era_tools = device.era_tools();
  inventory->tpm = ask_tpm(device, output.log());
  output.log().note("info", report::document(report::info_json(*inventory)));
  output.out(shown(*inventory, options.format));
  return Exit::done;
}

}  // namespace

Exit show_info(const InfoOptions& options, const Surroundings& around, Output& output) {
  auto opened = around.opener.open(options.device);
  if (!opened) {
    complain(output, options, opened.error(), opened.error().doing);
    return exit_for(opened.error());
  }
  output.log().use_clock(&(*opened)->clock());
  const Exit shown = show(**opened, options, output);
  const auto closed = (*opened)->close();
  output.log().use_clock(nullptr);
  if (closed) return shown;
  complain(output, options, closed.error(), closed.error().doing);
  return Exit::failed_unchanged;
}

Exit run_info(const InfoOptions& options, const Surroundings& around) {
  const auto no_log = [&](Output& output, const base::Error& error) {
    complain(output, options, error, error.doing);
  };
  return with_log(options.log, around, no_log,
                  [&](Output& output) { return show_info(options, around, output); });
}

}  // namespace updater::cli
