// SPDX-License-Identifier: BSD-3-Clause
// Which locality has the TPM: request, release, seizure (TIS 1.2, section 11.1.2.1).
#include <algorithm>
#include <bit>

#include "base/reached.h"
#include "emulator/tpm/tis_device.h"

namespace emulator::tpm {

using namespace tis;

std::uint8_t TisDevice::read_access(std::uint8_t locality) const {
  const Locality& l = localities_[locality];
  unsigned bits = kAccessValid | kAccessEstablishment;
  if (locality == active_) bits |= kAccessActive;
  if (l.been_seized) bits |= kAccessBeenSeized;
  if (l.requested) bits |= kAccessRequestUse;
  if (others_wait(locality)) bits |= kAccessPendingRequest;
  return static_cast<std::uint8_t>(bits);
}

void TisDevice::write_access(std::uint8_t locality, std::uint8_t value) {
  const std::uint8_t asked =
      value & (kAccessRequestUse | kAccessSeize | kAccessBeenSeized | kAccessActive);
  if (std::popcount(asked) != 1) return ignore();  // more than one field at a time is ignored
  switch (asked) {
    case kAccessRequestUse:
      return request(locality);
    case kAccessSeize:
      return seize(locality);
    case kAccessActive:
      return relinquish(locality);
    default:
      localities_[locality].been_seized = false;
  }
}

void TisDevice::request(std::uint8_t locality) {
  if (locality == active_) return;
  if (active_ == kNobody) return give_to(locality);
  localities_[locality].requested = true;
}

/// Only a higher locality may take the TPM from the active one, whose command is lost.
void TisDevice::seize(std::uint8_t locality) {
  if (active_ == kNobody) return give_to(locality);
  if (locality <= active_) return ignore();
  const std::uint8_t robbed = active_;
  localities_[robbed].been_seized = true;
  base::reached(base::Place::tis_seized);
  give_to(locality);
  raise(robbed, kIntLocalityChange);
}

/// Of the active locality: gives the TPM to the highest that waits. Of another: takes its
/// request back.
void TisDevice::relinquish(std::uint8_t locality) {
  localities_[locality].requested = false;
  if (locality != active_) return;
  for (std::uint8_t next = kLocalities; next-- > 0;) {
    if (!localities_[next].requested) continue;
    give_to(next);
    base::reached(base::Place::tis_handed_on);
    return raise(next, kIntLocalityChange);
  }
  abandon_command();
  active_ = kNobody;
}

void TisDevice::give_to(std::uint8_t locality) {
  abandon_command();
  active_ = locality;
  localities_[locality].requested = false;
}

bool TisDevice::others_wait(std::uint8_t locality) const {
  for (std::uint8_t other = 0; other < kLocalities; ++other) {
    if (other != locality && localities_[other].requested) return true;
  }
  return false;
}

}  // namespace emulator::tpm
