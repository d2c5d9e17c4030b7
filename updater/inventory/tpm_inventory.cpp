// SPDX-License-Identifier: BSD-3-Clause
#include "updater/inventory/tpm_inventory.h"

#include <algorithm>
#include <array>

#include "updater/inventory/not_asked.h"

namespace updater::inventory {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;
using tpm::Tpm12Client;

/// One question after the other, until the link itself fails: then every answer is that failure,
/// so that a dead TPM is waited for once.
class Questions {
 public:
  template <class Ask>
  auto operator()(Ask ask) -> decltype(ask()) {
    if (broken_) return *broken_;
    auto answer = ask();
    if (!answer && !is_the_tpms_own(answer.error())) broken_ = answer.error();
    return answer;
  }

 private:
  static bool is_the_tpms_own(const Error& error) {
    return error.code == Errc::refused || error.code == Errc::protocol;
  }

  std::optional<Error> broken_;
};

/// `yes` when the answer is that value.
template <class T>
Result<bool> equals(const Result<T>& answer, T yes) {
  if (!answer) return answer.error();
  return *answer == yes;
}

using LockoutBytes = std::array<std::uint8_t, LockoutRecord::size>;

std::optional<LockoutBytes> lockout_bytes(const TpmInventory& tpm) {
  if (!is_intel(tpm) || !tpm.lockout) return std::nullopt;
  const base::Bytes& data = tpm.lockout->vendor_data;
  LockoutBytes bytes{};
  if (data.size() != bytes.size()) return std::nullopt;
  std::copy(data.begin(), data.end(), bytes.begin());
  return bytes;
}

}  // namespace

TpmInventory::TpmInventory()
    : vendor(kNotAsked),
      version(kNotAsked),
      permanent(kNotAsked),
      this_boot(kNotAsked),
      owned(kNotAsked),
      lockout(kNotAsked),
      takes_upgrade(kNotAsked),
      upgrade(kNotAsked),
      upload(kNotAsked) {}

bool is_intel(const TpmInventory& tpm) {
  return tpm.vendor && *tpm.vendor == kVendorIntel;
}

std::optional<BuildRecord> build_record(const TpmInventory& tpm) {
  if (!is_intel(tpm) || !tpm.version) return std::nullopt;
  return decode_build_record(tpm.version->vendor_specific);
}

std::optional<LockoutRecord> lockout_record(const TpmInventory& tpm) {
  return lockout_record_read_late(tpm, 0);
}

std::optional<LockoutRecord> lockout_record_read_late(const TpmInventory& tpm, std::size_t late) {
  const auto bytes = lockout_bytes(tpm);
  if (!bytes) return std::nullopt;
  LockoutBytes seen{};
  if (late < bytes->size()) std::copy(bytes->begin() + late, bytes->end(), seen.begin());
  return decode_lockout_record(seen);
}

Result<TpmInventory> collect_tpm(tpm::TpmTransport& transport, base::Clock& clock) {
  tpm::Tpm12Link link(transport, clock);
  Tpm12Client client(link);
  TpmInventory found;
  found.reached_through = transport.name();
  const auto start_up = client.start_up();
  if (!start_up) return start_up.error();
  found.start_up = *start_up;
  Questions ask;
  found.vendor = ask([&] { return client.manufacturer(); });
  found.version = ask([&] { return client.version(); });
  found.permanent = ask([&] { return client.permanent_flags(); });
  found.this_boot = ask([&] { return client.volatile_flags(); });
  found.owned = equals(ask([&] { return client.owner(); }), Tpm12Client::Owner::installed);
  found.lockout = ask([&] { return client.lockout(); });
  found.takes_upgrade = equals(ask([&] { return client.support_of(Ordinal::field_upgrade); }),
                               Tpm12Client::Support::yes);
  return found;
}

}  // namespace updater::inventory
