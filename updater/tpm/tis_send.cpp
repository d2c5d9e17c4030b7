// SPDX-License-Identifier: BSD-3-Clause
// How a command gets into the FIFO, and how it is learnt whether STS.Expect can be trusted
// meanwhile.
#include <algorithm>

#include "protocol/tpm/owner.h"
#include "protocol/tpm/tis_registers.h"
#include "updater/tpm/tis_host.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using namespace protocol::tpm::tis;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;

namespace {
constexpr const char* kSending = "sending to the TPM";
constexpr std::uint16_t kVendorIntel = 0x8086;
}  // namespace

/// A command is laid into the FIFO and never started: a TPM that refuses it by Expect alone has
/// the flaw.
Result<void> TisHost::learn_flaw() {
  if (flaw_ != ExpectFlaw::detect) return {};
  const std::uint32_t did_vid = registers_.read32(kDidVid);
  flaw_ = ExpectFlaw::absent;
  if ((did_vid & 0xFFFF) != kVendorIntel) return {};
  for (const ExpectFlaw guess : {ExpectFlaw::absent, ExpectFlaw::present}) {
    flaw_ = guess;
    Result<void> fed = make_ready();
    if (fed) fed = feed(protocol::tpm::bare_command(protocol::tpm::Ordinal::get_ticks));
    if (fed) return abort();
    const bool wrong_guess = guess == ExpectFlaw::absent && fed.error().code == Errc::protocol;
    if (wrong_guess) fed = abort();
    if (!fed) {
      flaw_ = ExpectFlaw::detect;
      return fed;
    }
  }
  return {};
}

Result<void> TisHost::make_ready() {
  const std::uint8_t sts = registers_.read8(kSts);
  if ((sts & (kStsCommandReady | kStsGo)) == kStsCommandReady) return {};
  return abort();
}

/// From Execution or Completion commandReady may lead to Idle first, and only the next to Ready.
Result<void> TisHost::abort() {
  Result<void> result;
  for (int i = 0; i < kAbortTries; ++i) {
    registers_.write8(kSts, kStsCommandReady);
    const auto ready = wait_status(kStsCommandReady, kReadyLimit, "readying the TPM for a command");
    if (ready) return {};
    result = ready.error();
    if (result.error().code == Errc::disconnected) break;
  }
  return result;
}

/// The last byte goes alone: before it the TPM must expect more, after it no more.
Result<void> TisHost::feed(ByteView command) {
  std::size_t sent = 0;
  const std::size_t last = command.size() - 1;
  while (sent < last) {
    const auto burst = wait_burst(kSending);
    if (!burst) return burst.error();
    const std::size_t end = std::min(sent + *burst, last);
    registers_.write8_each(kDataFifo, command.subspan(sent, end - sent));
    sent = end;
    if (const auto good = check_expect(kStsExpect); !good) return good;
  }
  const auto burst = wait_burst(kSending);
  if (!burst) return burst.error();
  registers_.write8(kDataFifo, command[last]);
  return check_expect(0);
}

Result<void> TisHost::check_expect(std::uint8_t wanted) {
  const auto sts = wait_status(kStsValid, kValidLimit, kSending);
  if (!sts) return sts.error();
  if (wanted != 0 && flaw_ == ExpectFlaw::present) return {};
  if ((*sts & kStsExpect) == wanted) return {};
  return Error{Errc::protocol,
               std::string(kSending) + (wanted != 0 ? ": it expects no more too early"
                                                    : ": it expects more than was sent")};
}

}  // namespace updater::tpm
