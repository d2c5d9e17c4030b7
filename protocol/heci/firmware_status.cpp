// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/heci/firmware_status.h"

#include <algorithm>
#include <array>

#include "protocol/generation.h"

namespace protocol::heci {
namespace {

using base::Register32;

struct StatusWord {
  std::uint8_t value;
  const char* words;
};

constexpr StatusWord kStates[] = {
    {0x0, "reset"},
    {0x1, "initialising"},
    {0x2, "recovery"},
    {0x3, "test"},
    {0x4, "disabled"},
    {0x5, "normal"},
    {0x6, "waiting for the platform to be disabled"},
    {0x7, "transition"},
    {0x8, "invalid CPU"},
    {0xE, "halted"},
};
constexpr StatusWord kOperations[] = {
    {0, "before boot"},       {1, "M0 with memory"}, {4, "M3 without memory"},
    {5, "M0 without memory"}, {6, "bring-up"},       {7, "error"},
};
constexpr StatusWord kErrors[] = {
    {0, "none"}, {1, "uncategorised failure"}, {2, "disabled"}, {3, "image failure"}, {4, "debug"},
};
constexpr StatusWord kModes[] = {
    {0x0, "normal"},
    {0x2, "debug or alternate disable (HAP)"},
    {0x3, "temporarily disabled by software"},
    {0x4, "flash security overridden by a jumper"},
    {0x5, "flash security overridden by a message"},
};
constexpr StatusWord kEarlyPhases[] = {
    {0, "ROM"},         {1, "bring-up"},           {2, "micro-kernel"},    {3, "policy"},
    {4, "module load"}, {6, "host communication"}, {7, "firmware update"},
};
constexpr StatusWord kCsmePhases[] = {
    {0, "ROM"},
    {2, "micro-kernel"},
    {3, "bring-up"},
    {6, "host communication"},
};
/// Of bring-up; those met in the field of the tables' sixty-odd.
constexpr StatusWord kEarlyBringUp[] = {
    {0x0A, "checks whether straps disable the engine"},
    {0x32, "loads the kernel"},
};
constexpr StatusWord kCsmeBringUp[] = {
    {0x0D, "checks the strap that overrides manufacturing"},
};
constexpr StatusWord kPowerEvents[] = {
    {0x0, "clean start of the engine"},
    {0x1, "start of the engine after an error"},
    {0x2, "clean global reset"},
    {0x3, "global reset after an error"},
    {0x4, "clean reset of the engine"},
    {0x5, "reset of the engine by an exception"},
    {0x6, "pseudo global reset"},
    {0x7, "M0 to M3"},
    {0x8, "M3 to M0"},
    {0x9, "reset without a power cycle"},
    {0xA, "reset with a power cycle through M3"},
    {0xB, "reset with a power cycle through off"},
    {0xC, "from running to off"},
};
constexpr StatusWord kProducts[] = {{2, "consumer"}, {3, "corporate"}, {5, "lite"}};

template <std::size_t Count>
const char* find(const StatusWord (&table)[Count], std::uint32_t value) {
  for (const StatusWord& row : table) {
    if (row.value == value) return row.words;
  }
  return nullptr;
}

bool any_behind_second(std::span<const std::uint32_t> words) {
  return words.size() > 2 &&
         std::any_of(words.begin() + 2, words.end(), [](std::uint32_t word) { return word != 0; });
}

/// Bit 31 came with the power management of 11; before, bits 31:28 are 1 once memory is set up. A
/// graphics card's engine sets neither, and has six words.
StatusLayout layout_of_bits(std::span<const std::uint32_t> words) {
  const Register32<Hfs1> first(words[0]);
  if (first[Hfs1::idle_state] != 0) return StatusLayout::csme_some;
  if (first[Hfs1::memory] == 1) return StatusLayout::me6_10;
  const bool before_memory = first[Hfs1::memory] == 0 && words[0] != 0 && words.size() >= 2;
  return before_memory && !any_behind_second(words) ? StatusLayout::me6_10
                                                    : StatusLayout::undocumented;
}

bool names_behind_second(StatusLayout layout) {
  return layout >= StatusLayout::csme12_13 && layout != StatusLayout::csme18;
}

}  // namespace

StatusLayout status_layout(std::span<const std::uint32_t> words, std::uint16_t generation) {
  if (generation != 0) return status_layout_of(generation);
  return words.empty() ? StatusLayout::undocumented : layout_of_bits(words);
}

std::optional<FirmwareStatus> read_status(std::span<const std::uint32_t> words,
                                          std::uint16_t generation) {
  if (words.empty()) return std::nullopt;
  words = words.first(std::min(words.size(), kMostStatusWords));
  return FirmwareStatus{status_layout(words, generation), {words.begin(), words.end()}};
}

std::optional<Register32<Hfs2>> FirmwareStatus::second() const {
  if (!documented() || words.size() < 2) return std::nullopt;
  return Register32<Hfs2>(words[1]);
}

std::optional<Register32<Hfs3>> FirmwareStatus::third() const {
  if (!names_behind_second(layout) || words.size() < 3) return std::nullopt;
  return Register32<Hfs3>(words[2]);
}

std::optional<Register32<Hfs6>> FirmwareStatus::sixth() const {
  if (!names_behind_second(layout) || words.size() < kMostStatusWords) return std::nullopt;
  return Register32<Hfs6>(words[5]);
}

std::optional<bool> FirmwareStatus::manufacturing() const {
  if (layout == StatusLayout::undocumented || layout == StatusLayout::csme_some ||
      layout == StatusLayout::csme18)
    return std::nullopt;
  if (first()[Hfs1::manufacturing] != 0) return true;
  if (layout < StatusLayout::csme14) return false;
  const auto six = sixth();
  if (!six) return std::nullopt;
  const bool locked = layout == StatusLayout::csme16 ? (*six)[Hfs6::manufacturing_lock] != 0
                                                     : (*six)[Hfs6::fuses_locked] != 0;
  return !locked;
}

const char* FirmwareStatus::state_words() const {
  return find(kStates, first()[Hfs1::state]);
}

const char* FirmwareStatus::operation_words() const {
  const std::uint32_t operation = first()[Hfs1::operation];
  if (is_csme(layout) && operation == 2) return "M0, power gated";
  return find(kOperations, operation);
}

const char* FirmwareStatus::error_words() const {
  return find(kErrors, first()[Hfs1::error]);
}

const char* FirmwareStatus::mode_words() const {
  const std::uint32_t mode = first()[Hfs1::mode];
  if (is_csme(layout) && mode == static_cast<std::uint32_t>(OperationMode::enhanced_debug))
    return "enhanced debug";
  if (mode == static_cast<std::uint32_t>(OperationMode::server)) return "server firmware (SPS)";
  return find(kModes, mode);
}

/// Of a CSME that runs, real words show phases 0, 3 and 8 that no document explains: the names of
/// the first ones hold while it starts.
const char* FirmwareStatus::phase_words() const {
  const auto two = second();
  if (!two) return nullptr;
  const std::uint32_t phase = (*two)[Hfs2::phase];
  if (!is_csme(layout)) return find(kEarlyPhases, phase);
  constexpr std::uint32_t kHostCommunication = 6;
  const bool runs = first()[Hfs1::init_complete] != 0;
  return runs && phase != kHostCommunication ? nullptr : find(kCsmePhases, phase);
}

const char* FirmwareStatus::phase_state_words() const {
  const auto two = second();
  if (!two || phase_words() == nullptr) return nullptr;
  const std::uint32_t phase = (*two)[Hfs2::phase];
  const std::uint32_t state = (*two)[Hfs2::phase_state];
  constexpr std::uint32_t kEarly = 1;
  constexpr std::uint32_t kCsme = 3;
  if (is_csme(layout)) return phase == kCsme ? find(kCsmeBringUp, state) : nullptr;
  return phase == kEarly ? find(kEarlyBringUp, state) : nullptr;
}

const char* FirmwareStatus::power_event_words() const {
  const auto two = second();
  if (!two) return nullptr;
  constexpr const char* kPowerGating[] = {"power gating in M0", "power gating in M3",
                                          "out of power gating"};
  const std::uint32_t event = (*two)[Hfs2::power_event];
  constexpr std::uint32_t kFirstGating = 0xD;
  if (event < kFirstGating) return find(kPowerEvents, event);
  return is_csme(layout) ? kPowerGating[event - kFirstGating] : nullptr;
}

bool FirmwareStatus::shows_nothing() const {
  const auto is_zero = [](std::uint32_t word) { return word == 0; };
  return words.size() > 1 && std::all_of(words.begin(), words.end(), is_zero);
}

const char* FirmwareStatus::product_words() const {
  const auto three = third();
  return three ? find(kProducts, (*three)[Hfs3::product]) : nullptr;
}

}  // namespace protocol::heci
