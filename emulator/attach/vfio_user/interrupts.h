// SPDX-License-Identifier: BSD-3-Clause
// The device's interrupts as a monitor hears of them: a write to an eventfd each. INTx is masked by
// firing and fires again when it is unmasked while the line is still asserted, as Linux' vfio-pci
// has it.
#pragma once

#include <poll.h>

#include <cstdint>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "emulator/pci/heci_function.h"
#include "os/descriptor.h"
#include "protocol/vfio_user/messages.h"

namespace emulator::attach::vfio_user {

/// Flags and number of the interrupts of one index.
protocol::vfio_user::IrqInfo irq_info(std::uint32_t index);

class Interrupts final : public pci::InterruptListener {
 public:
  void intx(sim::Level level) override;
  void msi(std::uint64_t address, std::uint16_t data) override;

  /// SET_IRQS with what came behind and beside it. An errno; 0 when it was done.
  std::uint32_t set(const protocol::vfio_user::SetIrqs& request, base::ByteView data,
                    std::vector<os::Descriptor> files);

  /// The monitor has gone with its eventfds.
  void forget();

  /// KVM unmasks through a file that becomes readable.
  void list(std::vector<pollfd>& wanted) const;
  void serve(std::span<const pollfd> ready);

 private:
  enum class Mask : std::uint8_t { open, masked };

  std::uint32_t set_triggers(std::uint32_t index, os::Descriptor file);
  std::uint32_t fire(std::uint32_t index);
  void unmask();
  void fire_intx_if_due();

  sim::Level level_ = sim::Level::low;
  Mask mask_ = Mask::open;
  os::Descriptor intx_trigger_;
  os::Descriptor unmask_file_;
  os::Descriptor msi_trigger_;
  bool msi_waits_ = false;  ///< one came before its eventfd
};

}  // namespace emulator::attach::vfio_user
