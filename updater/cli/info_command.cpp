// SPDX-License-Identifier: BSD-3-Clause
// meupdate info: asks the device for everything and shows it. Writes nothing.
#include "updater/cli/ask_tpm.h"
#include "updater/cli/command.h"
#include "updater/cli/logged_device.h"
#include "updater/report/json.h"
#include "updater/report/meinfo.h"
#include "updater/report/people.h"

namespace updater::cli {
namespace {

std::string shown(const inventory::Inventory& inventory, Format format) {
  if (format == Format::json) return report::document(report::info_json(inventory));
  if (format == Format::meinfo) return report::meinfo(inventory);
  if (format == Format::meinfo_4)
    return report::meinfo(inventory, report::MeinfoDialect::generation4);
  if (format == Format::meinfo_5)
    return report::meinfo(inventory, report::MeinfoDialect::generation5);
  return report::info_text(inventory);
}

Exit show(OpenDevice& device, const InfoOptions& options, Output& output) {
  LoggedDevice logged(device.device(), output.log());
  auto inventory = inventory::collect(logged);
  if (!inventory) {
    output.err("meupdate: " + logged.name() +
               " does not answer: " + report::error_text(inventory.error()) + "\n");
    return Exit::no_device;
  }
  inventory->tpm = ask_tpm(device, output.log());
  output.log().note("info", report::document(report::info_json(*inventory)));
  output.out(shown(*inventory, options.format));
  return Exit::done;
}

void complain(Output& output, const base::Error& error) {
  output.err("meupdate: " + error.doing + "\n");
}

Exit open_and_show(const InfoOptions& options, const Surroundings& around, Output& output) {
  auto opened = around.opener.open(options.device);
  if (!opened) {
    complain(output, opened.error());
    return exit_for(opened.error());
  }
  output.log().use_clock(&(*opened)->clock());
  const Exit shown = show(**opened, options, output);
  const auto closed = (*opened)->close();
  output.log().use_clock(nullptr);
  if (closed) return shown;
  complain(output, closed.error());
  return Exit::failed_unchanged;
}

}  // namespace

Exit run_info(const InfoOptions& options, const Surroundings& around) {
  return with_log(options.log, around, complain,
                  [&](Output& output) { return open_and_show(options, around, output); });
}

}  // namespace updater::cli
