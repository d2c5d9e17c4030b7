// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/tpm_status_command.h"

#include "updater/cli/tpm_commands.h"
#include "updater/report/json.h"
#include "updater/report/people.h"

namespace updater::cli {
namespace {

void complain(Output& output, Format format, const base::Error& error) {
  if (format == Format::json) {
    output.out(report::document(
        {{"schema", "meupdate-tpm-status-1"}, {"error", report::error_json(error)}}));
  } else {
    output.err("meupdate: " + report::error_text(error) + "\n");
  }
}

}  // namespace

Exit run_tpm_status(const TpmStatusOptions& options, const Surroundings& around) {
  const auto complained = [&](Output& output, const base::Error& error) {
    complain(output, options.format, error);
  };
  const auto show = [&](Output& output, tpm::TpmTransport& tpm, base::Clock& clock) {
    const auto found = inventory::collect_tpm(tpm, clock);
    if (!found) {
      complain(output, options.format, found.error());
      return exit_for_tpm(found.error());
    }
    const report::Json json = report::tpm_status_json(*found);
    output.log().note("tpm status", report::document(json));
    output.out(options.format == Format::json ? report::document(json)
                                              : report::tpm_status_text(*found));
    return Exit::done;
  };
  return with_tpm(options.device, options.log, around, complained, show);
}

}  // namespace updater::cli
