// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/tis_host.h"

#include "protocol/tpm/frame.h"
#include "protocol/tpm/tis_registers.h"
#include "protocol/tpm/types.h"
#include "updater/io/poll.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using namespace protocol::tpm::tis;
using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;
using io::Poll;

namespace {

constexpr std::uint8_t kFloating = 0xFF;
/// Bits that read 0 in every STS (TIS 1.2, table 7): a TPM that shows one is not answering.
constexpr std::uint8_t kStsNeverRead = kStsGo | kStsResponseRetry | 0x01;

bool is_frame(ByteView command) {
  return command.size() <= protocol::tpm::kMaxFrame && protocol::tpm::decode_command(command);
}

}  // namespace

Result<Bytes> TisHost::transmit(ByteView command, Duration limit) {
  if (!is_frame(command)) return Error{Errc::invalid, "sending to the TPM: not a TPM command"};
  if (const auto taken = take_locality(); !taken) return taken.error();
  auto answer = exchange(command, limit);
  if (answer) {
    registers_.write8(kSts, kStsCommandReady);
  } else if (const auto aborted = abort(); !aborted) {
    Error error = answer.error();
    error.doing += "; nor could the command be cancelled";
    answer = error;
  }
  release_locality();
  return answer;
}

Result<Bytes> TisHost::exchange(ByteView command, Duration limit) {
  if (const auto learnt = learn_flaw(); !learnt) return learnt.error();
  if (const auto ready = make_ready(); !ready) return ready.error();
  if (const auto fed = feed(command); !fed) return fed.error();
  registers_.write8(kSts, kStsGo);
  return collect(limit);
}

Result<void> TisHost::take_locality() {
  Poll poll(clock_, kAccessLimit);
  registers_.write8(kAccess, kAccessRequestUse);
  std::uint8_t access = 0;
  do {
    access = registers_.read8(kAccess);
    const bool ours = (access & kAccessValid) != 0 && (access & kAccessActive) != 0;
    if (access != kFloating && ours) return {};
  } while (poll.again());
  if (access == kFloating || (access & kAccessValid) == 0) {
    return Error{Errc::disconnected, "looking for the TPM: no TPM answers at these registers"};
  }
  registers_.write8(kAccess, kAccessActive);  // takes the request back
  return Error{Errc::busy, "requesting the TPM: another locality has it; try again later"};
}

void TisHost::release_locality() {
  registers_.write8(kAccess, kAccessActive);
}

Result<std::uint8_t> TisHost::wait_status(std::uint8_t wanted, Duration limit, const char* doing) {
  Poll poll(clock_, limit);
  do {
    const std::uint8_t sts = registers_.read8(kSts);
    if ((sts & kStsNeverRead) != 0) {
      return Error{Errc::disconnected,
                   std::string(doing) + ": the TPM was taken away or does not answer"};
    }
    if ((sts & wanted) == wanted) return sts;
  } while (poll.again());
  return Error{Errc::timeout, std::string(doing) + ": the TPM did not get that far"};
}

Result<std::uint16_t> TisHost::wait_burst(const char* doing) {
  Poll poll(clock_, kBurstLimit);
  do {
    const std::uint32_t status = registers_.read32(kSts);
    if ((status & kStsNeverRead) != 0) {
      return Error{Errc::disconnected,
                   std::string(doing) + ": the TPM was taken away or does not answer"};
    }
    if (const auto burst = static_cast<std::uint16_t>(status >> 8); burst != 0) return burst;
  } while (poll.again());
  return Error{Errc::timeout, std::string(doing) + ": the TPM's burst count stays 0"};
}

}  // namespace updater::tpm
