// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/heci_registers.h"

#include "updater/io/poll.h"
#include "updater/mei/heci_limits.h"

namespace updater::mei {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using protocol::heci::HCsr;
using protocol::heci::HCsrValue;
using protocol::heci::MeCsrHa;
using protocol::heci::MeCsrHaValue;

constexpr std::uint32_t kAllOnes = 0xFFFFFFFF;  // no device drives the bus

Error gone() {
  return {Errc::disconnected, "reading the HECI registers: they read FFFFFFFF, the device is gone",
          kAllOnes};
}

}  // namespace

Result<HCsrValue> HeciRegisters::host() {
  const std::uint32_t bits = bar_.read32(protocol::heci::kHCsr);
  if (bits == kAllOnes) return gone();
  return HCsrValue(bits);
}

Result<MeCsrHaValue> HeciRegisters::me() {
  const std::uint32_t bits = bar_.read32(protocol::heci::kMeCsrHa);
  if (bits == kAllOnes) return gone();
  return MeCsrHaValue(bits);
}

// The one place that writes H_CSR: pointers, depth and reserved bits stay 0, the interrupt stays
// off, and H_IS is only written to clear it.
void HeciRegisters::write_host(HCsrValue value) {
  constexpr std::uint32_t written = HCsr::rst.mask | HCsr::rdy.mask | HCsr::ig.mask | HCsr::is.mask;
  bar_.write32(protocol::heci::kHCsr, value.bits() & written);
}

Result<void> HeciRegisters::ring_doorbell() {
  const auto csr = host();
  if (!csr) return csr.error();
  write_host(csr->with(HCsr::ig, 1).with(HCsr::is, 1));
  return {};
}

Result<void> HeciRegisters::reset(ResetHabit habit, base::Clock& clock) {
  const auto csr = host();
  if (!csr) return csr.error();
  if (const auto done = assert_reset(*csr); !done) return done;
  if (habit == ResetHabit::pulsed) {
    if (const auto done = release_reset(); !done) return done;
  }
  if (const auto done = wait_for_me(clock); !done) return done;
  if (habit == ResetHabit::held) {
    if (const auto done = release_reset(); !done) return done;
  }
  return set_host_ready();
}

Result<void> HeciRegisters::assert_reset(HCsrValue before) {
  const HCsrValue idle = before.with(HCsr::is, 0).with(HCsr::ig, 0);
  // Only a rising edge resets: a reset somebody left half-way is ended first.
  if (before[HCsr::rst]) write_host(idle.with(HCsr::rst, 0));
  write_host(idle.with(HCsr::rst, 1).with(HCsr::rdy, 0).with(HCsr::ig, 1).with(HCsr::is, 1));
  return {};
}

Result<void> HeciRegisters::release_reset() {
  const auto csr = host();
  if (!csr) return csr.error();
  write_host(csr->with(HCsr::rst, 0).with(HCsr::is, 0).with(HCsr::ig, 1));
  return {};
}

// H_RDY is looked at too: the ME_RDY of before the reset must not be taken for the new one.
Result<void> HeciRegisters::wait_for_me(base::Clock& clock) {
  io::Poll poll(clock, kReadyLimit);
  do {
    const auto host_csr = host();
    if (!host_csr) return host_csr.error();
    const auto me_csr = me();
    if (!me_csr) return me_csr.error();
    if ((*me_csr)[MeCsrHa::rdy] && !(*host_csr)[HCsr::rdy]) return {};
  } while (poll.again());
  return Error{Errc::timeout,
               "resetting the HECI link: the ME did not become ready within 2 s; it may be off, by "
               "the BIOS's set-up or by a strap in the flash descriptor, or its firmware damaged"};
}

Result<void> HeciRegisters::set_host_ready() {
  const auto csr = host();
  if (!csr) return csr.error();
  write_host(csr->with(HCsr::rdy, 1).with(HCsr::rst, 0).with(HCsr::is, 0).with(HCsr::ig, 1));
  const auto me_csr = me();
  if (!me_csr) return me_csr.error();
  if (!(*me_csr)[MeCsrHa::rdy]) {
    return Error{Errc::disconnected, "resetting the HECI link: ME_RDY dropped as H_RDY was set"};
  }
  return {};
}

}  // namespace updater::mei
