// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/fwupdlcl.h"

#include <fmt/format.h>

#include "protocol/tools/fwupdlcl.h"
#include "updater/report/explanations.h"
#include "updater/report/printable.h"

namespace updater::report {
namespace {

namespace tools = protocol::tools;
using protocol::update::ToolError;
using tools::Fact;
using tools::Phrase;

/// The dialect this program speaks: the one whose whole text logs show.
constexpr const tools::Fwupdlcl& kSpoken = tools::fwupdlcl(tools::FwupdlclDialect::me5);

constexpr std::string_view phrase(Phrase which) {
  return text_of(kSpoken, which);
}

/// "Version : 5.0.1.1111"
std::string labelled(Fact fact, std::string_view value) {
  const tools::UpdateLabel& row = *find_label(kSpoken, fact);
  return fmt::format("{}{}{}\n", row.label, row.between, value);
}

std::string sku_lines(std::uint32_t sku) {
  std::string text = labelled(Fact::sku, fmt::format("({})", sku));
  for (const tools::Word& row : tools::kUpdateSkuRows) {
    if ((sku & row.value) != 0) text += fmt::format("{}{}\n", tools::kBeforeSkuName, row.text);
  }
  return text;
}

std::string way_name(update::Way way) {
  return text_of(tools::kWayWords, way == update::Way::tpm ? tools::kWayTpm : tools::kWayHeci);
}

}  // namespace

std::string fwupdlcl_connecting(const mei::HostFacts& host) {
  std::string text(phrase(Phrase::connecting));
  if (host.mei_driver_version) {
    text += fmt::format("{}{}{}{}", phrase(Phrase::connected), tools::kDriver,
                        phrase(Phrase::driver_version), printable(*host.mei_driver_version));
  }
  return text + "\n";
}

std::string fwupdlcl_flash_info(const inventory::Inventory& inventory) {
  std::string text = fmt::format("{}\n", phrase(Phrase::flash_title));
  if (!inventory.version) return text;
  const auto& version = *inventory.version;
  return text + labelled(Fact::firmware_version, to_text(version.code)) +
         labelled(Fact::last_update_status, std::to_string(version.last_update_status)) +
         sku_lines(version.sku) +
         labelled(Fact::enabled_interfaces, std::to_string(version.enabled_update_interfaces));
}

std::string fwupdlcl_image_info(const image::Image& image) {
  return fmt::format("{}\n", phrase(Phrase::image_title)) +
         labelled(Fact::firmware_version, to_text(image.version())) + sku_lines(image.sku);
}

std::string fwupdlcl_mode(update::Way way) {
  return labelled(Fact::communication_mode, way_name(way));
}

std::string fwupdlcl_uploading(update::Way way) {
  return fmt::format("{}{}.\n", phrase(Phrase::uploading), way_name(way));
}

std::string fwupdlcl_error(std::uint32_t number, std::string_view what) {
  for (const tools::ErrorText& row : kSpoken.errors) {
    if (protocol::update::number(row.error) == number) what = row.text;
  }
  return fmt::format("{}{}{}{}\n", kSpoken.error.before, number, kSpoken.error.behind, what);
}

std::string fwupdlcl_refusal(const update::Refusal& refusal) {
  constexpr const tools::Fwupdlcl& numberless = tools::fwupdlcl(tools::FwupdlclDialect::me2);
  if (!refusal.tool_error) return fmt::format("{}{}\n", numberless.error.before, refusal.what);
  return fwupdlcl_error(protocol::update::number(*refusal.tool_error), refusal.what);
}

namespace {

/// Of an update that no status of the device ended.
ToolError number_without_status(const update::Report& report) {
  if (report.saw(update::Seen::busy)) return ToolError::polling_failed;
  const bool silent = report.error && report.error->code == base::Errc::timeout;
  return silent ? ToolError::timed_out : ToolError::update_failed;
}

}  // namespace

std::string fwupdlcl_outcome(const update::Report& report) {
  if (report.outcome == update::Outcome::updated)
    return fmt::format("{}\n", phrase(Phrase::complete));
  if (report.outcome == update::Outcome::restart_needed)
    return fmt::format("{}{}\n", phrase(Phrase::complete), phrase(Phrase::restart_needed));
  constexpr std::uint32_t failed = protocol::update::number(ToolError::update_failed);
  const std::uint32_t number = report.device_status != 0
                                   ? report.device_status
                                   : protocol::update::number(number_without_status(report));
  if (const KnownNumber* known = find_tool_error(number))
    return fwupdlcl_error(number, known->meaning);
  return fwupdlcl_error(failed,
                        fmt::format("The firmware ended the update with status {}.", number));
}

}  // namespace updater::report
