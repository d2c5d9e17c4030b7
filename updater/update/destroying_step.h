// SPDX-License-Identifier: BSD-3-Clause
// Steps that take something away for good: what, and what to save before. Refusals, explanations
// and the advice on field reports print from these rows and advise no other such step.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace updater::update {

struct DestroyingStep {
  const char* id;           ///< "tpm-clear"
  const char* what;         ///< an order: "clear the TPM in the BIOS set-up"
  const char* destroys;     ///< what is lost, as an object: "the TPM's owner and ..."
  const char* save_before;  ///< an order
  const char* only_if;      ///< what must be so for it to be worth that
};

std::span<const DestroyingStep> destroying_steps();
/// Null: the step of that id destroys nothing.
const DestroyingStep* find_destroying_step(std::string_view id);

/// "Last resort, only if ...: clear the TPM in the BIOS set-up. It destroys ... Before it, ..."
std::string last_resort(const DestroyingStep& step);
/// `next_step`, with the last resort behind it. `id`: of a row that is there.
std::string with_last_resort(const std::string& next_step, std::string_view id);

}  // namespace updater::update
