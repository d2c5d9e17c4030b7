// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/engine/program_side.h"

namespace scenarios::engine {

namespace {
constexpr std::uint32_t kFloating = 0xFFFFFFFF;
}  // namespace

std::uint32_t ProgramSide::read32(std::uint32_t offset) {
  return host_.killed() ? kFloating : host_.read32(offset);
}

void ProgramSide::write32(std::uint32_t offset, std::uint32_t value) {
  if (!host_.killed()) host_.write32(offset, value);
}

// A program may be killed between two of them.
void ProgramSide::read32_each(std::uint32_t offset, std::span<std::uint32_t> out) {
  if (!host_.is_quiet()) return Mmio::read32_each(offset, out);
  host_.read32_each(offset, out);
}

void ProgramSide::write32_each(std::uint32_t offset, std::span<const std::uint32_t> values) {
  if (!host_.is_quiet()) return Mmio::write32_each(offset, values);
  host_.write32_each(offset, values);
}

void ProgramSide::sleep(base::Duration amount) {
  if (!host_.killed()) return host_.sleep(amount);
  dreamt_ += amount;
}

std::uint32_t ProgramSide::TpmRegisters::read32(std::uint32_t offset) {
  return host_.killed() ? kFloating : host_.tpm().read32(offset);
}

base::Duration ProgramSide::quiet_for() const {
  return host_.killed() ? base::Duration::max() : host_.quiet_for();
}

void ProgramSide::TpmRegisters::write32(std::uint32_t offset, std::uint32_t value) {
  if (!host_.killed()) host_.tpm().write32(offset, value);
}

std::uint8_t ProgramSide::TpmRegisters::read8(std::uint32_t offset) {
  return host_.killed() ? static_cast<std::uint8_t>(kFloating) : host_.tpm().read8(offset);
}

void ProgramSide::TpmRegisters::write8(std::uint32_t offset, std::uint8_t value) {
  if (!host_.killed()) host_.tpm().write8(offset, value);
}

}  // namespace scenarios::engine
