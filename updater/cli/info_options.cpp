// SPDX-License-Identifier: BSD-3-Clause
#include <CLI/CLI.hpp>

#include "updater/cli/info_command.h"
#include "updater/cli/shared_options.h"

namespace updater::cli {
namespace {

constexpr const char* kInfoFooter = R"(
Nothing is written. What the device does not tell is listed with the reason.

Examples:
  meupdate info --format json | jq .version.code
  meupdate info --device sim:esprimo-e5730 --set host.system=windows --format meinfo)";

void add_info_format(CLI::App& info, InfoFormat& format) {
  Choices<InfoFormat> formats = {
      {"text", {Format::text}}, {"json", {Format::json}}, {"meinfo", {Format::meinfo}}};
  const std::string own = formats.back().first;
  std::string others;
  const auto add = [&](const protocol::tools::Meinfo& each) {
    if (each.format.empty()) return;
    formats.emplace_back(each.format, InfoFormat{Format::meinfo, &each});
    others += (others.empty() ? "" : ", ") + std::string(each.format.substr(own.size()));
  };
  for (const auto& each : protocol::tools::kMeinfo) add(each);
  for (const auto& each : protocol::tools::kMeinfoStatus) add(each);
  add_choice(info, "--format", format, formats,
             own + ": as the MEInfo of the firmware's generation prints it; " + others +
                 ": as that generation's does");
}

}  // namespace

CLI::App* add_info(CLI::App& app, InfoOptions& options) {
  CLI::App& info =
      *app.add_subcommand("info", "Show what the Management Engine is and how it is set up");
  add_device(info, options.device);
  add_tpm_device(info, options.device);
  add_info_format(info, options.format);
  add_log(info, options.log);
  info.footer(kInfoFooter);
  return &info;
}

}  // namespace updater::cli
