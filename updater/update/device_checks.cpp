// SPDX-License-Identifier: BSD-3-Clause
// Reasons that lie between the device and the file: what it is, what it is doing, and what the file
// was made for.
#include <fmt/format.h>

#include "protocol/generation.h"
#include "protocol/pci/engine_functions.h"
#include "updater/update/checks.h"

namespace updater::update {
namespace {

/// Whether this program knows the messages and the images of firmware `major`. One of which there
/// is a board and no more is updated where it is simulated (check_documented()).
bool is_known(std::uint16_t major) {
  const protocol::Generation* row = protocol::find_generation(major);
  return row != nullptr && row->modelled != protocol::Modelled::no;
}

std::optional<Refusal> unknown_platform(std::string what) {
  return refuse(
      row("unknown-platform"), std::move(what),
      fmt::format("This program updates Management Engine {} to {} (ICH8 to ICH10 boards); "
                  "use the board maker's tool.",
                  protocol::first_modelled(protocol::Modelled::updater).major,
                  protocol::last_modelled(protocol::Modelled::updater).major));
}

}  // namespace

Refusal another_updater(const base::Error& busy) {
  return refuse(row("another-updater"),
                "Another meupdate is at work on this device: " + busy.doing + ".",
                "Wait for it to end, then look at `meupdate info`.");
}

std::optional<Refusal> check_readable(const Question& question) {
  if (question.device.version) return std::nullopt;
  if (question.device.version.error().code == base::Errc::busy) {
    return refuse(row("device-in-use"),
                  "Another program holds the device's update client: " +
                      question.device.version.error().doing + ".",
                  "End that program (LMS: \"systemctl stop lms\"). Run the same command again.");
  }
  return refuse(row("version-unreadable"),
                "The device does not tell its firmware version: " +
                    question.device.version.error().doing + ".",
                "Take the power away for half a minute, start again, and look at `meupdate info`.");
}

std::optional<Refusal> check_platform(const Question& question) {
  if (question.device.pci_device_id) {
    if (protocol::pci::modelled_generation_of(*question.device.pci_device_id) == nullptr) {
      return unknown_platform(
          fmt::format("The device 8086:{:04x} is not of a platform this program knows.",
                      *question.device.pci_device_id));
    }
  }
  const auto version = inventory::running_version(question.device);
  if (is_known(version->major)) return std::nullopt;
  return unknown_platform(
      fmt::format("The device runs firmware {}, which is not of a generation this program knows.",
                  to_text(*version)));
}

std::optional<Refusal> check_idle(const Question& question) {
  if (question.device.version->last_update_status != protocol::mkhi::kUpdateInProgress)
    return std::nullopt;
  return update_in_progress();
}

std::string step_with_power(const Question& question, const char* next_step) {
  const auto& version = question.device.version;
  const bool failed =
      version && version->last_update_status ==
                     protocol::update::number(protocol::update::ToolError::internal_error);
  if (!failed || inventory::in_recovery(question.device)) return next_step;
  return "Leave the power on until an update has gone through, for the last one failed, and the "
         "code in the flash may be half written: wait ten minutes. Run the same command again.";
}

Refusal update_in_progress() {
  Refusal refusal = refuse(
      row("update-in-progress"),
      "The device is at work on an update, and takes no other meanwhile.",
      "Leave the power on and wait ten minutes; `meupdate info` shows the update status. Is it "
      "the same then, the firmware hangs: take the power away for half a minute.");
  refusal.again = CommandChange{};
  return refusal;
}

std::optional<Refusal> check_sku(const Question& question) {
  const std::uint32_t device = question.device.version->sku;
  if (device == question.image.sku) return std::nullopt;
  return refuse(row("sku-mismatch"),
                fmt::format("The image is for SKU 0x{:08X}, the device is SKU 0x{:08X}.",
                            question.image.sku, device),
                "Find the image that the board's maker offers for this very model.");
}

std::optional<Refusal> check_major(const Question& question) {
  const auto device = *inventory::running_version(question.device);
  if (device.major == question.image.version().major) return std::nullopt;
  return refuse(row("version-mismatch"),
                fmt::format("The image holds firmware {}, the device runs {}: another generation.",
                            to_text(question.image.version()), to_text(device)),
                fmt::format("Find an image of version {}.x.", device.major));
}

std::optional<Refusal> check_direction(const Question& question) {
  const auto device = *inventory::running_version(question.device);
  const bool older = question.image.version() < device;
  if (!older || question.options.allow_downgrade || inventory::in_recovery(question.device))
    return std::nullopt;
  return refuse(row("downgrade"),
                fmt::format("The image holds {}, which is older than the {} that the device runs.",
                            to_text(question.image.version()), to_text(device)),
                "Give --allow-downgrade when going back is what you want.");
}

}  // namespace updater::update
