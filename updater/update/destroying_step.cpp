// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/destroying_step.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/promise.h"

namespace updater::update {
namespace {

constexpr std::array kSteps = {
    DestroyingStep{
        .id = "tpm-clear",
        .what = "clear the TPM in the BIOS set-up",
        .destroys = "the TPM's owner and every key in it: disks, certificates and passwords that "
                    "these protect stay locked for good",
        .save_before = "decrypt such disks or have their recovery keys at hand, and save "
                       "certificates and passwords where they do not need the TPM",
        .only_if = "the TPM owner's password is lost for good"},
    DestroyingStep{
        .id = "unprovision",
        .what = "un-provision the ME in MEBx",
        .destroys = "the ME's set-up: AMT's accounts, certificates, network settings and mode",
        .save_before = "write that set-up down, and have at hand what setting it up again takes",
        .only_if = "nobody manages the machine through AMT"},
    DestroyingStep{.id = "provision",
                   .what = "provision the ME in MEBx",
                   .destroys = "the set-up that the ME has now, in whose place a new one is put",
                   .save_before = "write down the set-up that MEBx shows",
                   .only_if = "nobody manages the machine through AMT"},
};

}  // namespace

std::span<const DestroyingStep> destroying_steps() {
  return kSteps;
}

const DestroyingStep* find_destroying_step(std::string_view id) {
  const auto* step =
      std::ranges::find_if(kSteps, [&](const DestroyingStep& each) { return each.id == id; });
  return step == kSteps.end() ? nullptr : step;
}

std::string last_resort(const DestroyingStep& step) {
  return fmt::format("Last resort, only if {}: {}. It destroys {}. Before it, {}.", step.only_if,
                     step.what, step.destroys, step.save_before);
}

std::string with_last_resort(const std::string& next_step, std::string_view id) {
  const DestroyingStep* step = find_destroying_step(id);
  MEBENCH_PROMISE(step != nullptr, "a last resort is in the table");
  return next_step + " " + last_resort(*step);
}

}  // namespace updater::update
