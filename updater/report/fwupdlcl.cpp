// SPDX-License-Identifier: BSD-3-Clause
#include "updater/report/fwupdlcl.h"

#include <fmt/format.h>

#include <array>

#include "protocol/sku.h"
#include "updater/report/explanations.h"
#include "updater/report/printable.h"

namespace updater::report {
namespace {

using protocol::update::ToolError;

struct LoggedText {
  ToolError error;
  const char* text;
};
/// What owners' logs show word for word. Every other text is this program's.
constexpr std::array<LoggedText, 2> kLoggedTexts = {{
    {.error = ToolError::tpm_update_required,
     .text = "Firmware update through TPM is enabled. Use -tpm switch"},
    {.error = ToolError::owner_password_required,
     .text = "TPM in owned state, owner password is required"},
}};

/// The names that the logs list; bit 11 of the Esprimo's 2110 has no line.
constexpr std::uint32_t kListed = protocol::sku::kQst | protocol::sku::kAsf2 |
                                  protocol::sku::kAmtPro | protocol::sku::kStandardManageability |
                                  protocol::sku::kTpm;

std::string sku_lines(std::uint32_t sku) {
  std::string text = fmt::format("SKU : ({})\n", sku);
  for (const auto& row : protocol::sku::kCapabilities) {
    if ((sku & row.bit & kListed) != 0) text += fmt::format(": {}\n", row.name);
  }
  return text;
}

const char* link_name(update::Way way) {
  return way == update::Way::tpm ? "TPM" : "HECI";
}

}  // namespace

std::string fwupdlcl_connecting(const mei::HostFacts& host) {
  std::string text = "Trying to connect to MEI driver.";
  if (host.mei_driver_version)
    text += "Connected to HECI driver, version: " + printable(*host.mei_driver_version);
  return text + "\n";
}

std::string fwupdlcl_flash_info(const inventory::Inventory& inventory) {
  std::string text = "***** Flash Info ******\n";
  if (!inventory.version) return text;
  const auto& version = *inventory.version;
  text += fmt::format("Version : {}\nLast Update Staus : {}\n", to_text(version.code),
                      version.last_update_status);
  text += sku_lines(version.sku);
  return text + fmt::format("EnabledUpdateInterfaces : {}\n", version.enabled_update_interfaces);
}

std::string fwupdlcl_image_info(const image::Image& image) {
  return fmt::format("***** Image Info ******\nVersion : {}\n{}", to_text(image.version()),
                     sku_lines(image.sku));
}

std::string fwupdlcl_mode(update::Way way) {
  return fmt::format("Communication Mode: {}\n", link_name(way));
}

std::string fwupdlcl_uploading(update::Way way) {
  return fmt::format("FW image is uploading through {}.\n", link_name(way));
}

std::string fwupdlcl_error(std::uint32_t number, std::string_view what) {
  for (const LoggedText& row : kLoggedTexts) {
    if (protocol::update::number(row.error) == number)
      return fmt::format("Error ({}): {}\n", number, row.text);
  }
  return fmt::format("Error ({}): {}\n", number, what);
}

std::string fwupdlcl_refusal(const update::Refusal& refusal) {
  if (!refusal.tool_error) return fmt::format("Error: {}\n", refusal.what);
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
  if (report.outcome == update::Outcome::updated) return "FW update is complete.\n";
  if (report.outcome == update::Outcome::restart_needed)
    return "FW update is complete. The new version runs after a power cycle.\n";
  constexpr std::uint32_t failed = protocol::update::number(ToolError::update_failed);
  const std::uint32_t number = report.device_status != 0
                                   ? report.device_status
                                   : protocol::update::number(number_without_status(report));
  if (const Explanation* known = find_tool_error(number))
    return fwupdlcl_error(number, known->meaning);
  return fwupdlcl_error(failed,
                        fmt::format("The firmware ended the update with status {}.", number));
}

}  // namespace updater::report
