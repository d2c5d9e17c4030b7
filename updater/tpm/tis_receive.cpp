// SPDX-License-Identifier: BSD-3-Clause
// How a response gets out of the FIFO: exactly as many bytes as its header says, or none.
#include <algorithm>

#include "protocol/tpm/frame.h"
#include "protocol/tpm/tis_registers.h"
#include "protocol/tpm/types.h"
#include "updater/tpm/tis_host.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using namespace protocol::tpm::tis;
using base::Bytes;
using base::Duration;
using base::Errc;
using base::Error;
using base::MutableByteView;
using base::Result;

namespace {
constexpr const char* kReceiving = "receiving from the TPM";
}  // namespace

Result<Bytes> TisHost::collect(Duration limit) {
  const auto done = wait_status(kStsValid | kStsDataAvail, limit, "waiting for the TPM's answer");
  if (!done) return done.error();
  Bytes answer(protocol::tpm::kHeaderSize);
  if (const auto read = read_into(answer); !read) return read.error();
  const std::uint32_t size = *protocol::tpm::announced_size(answer);
  if (size < protocol::tpm::kHeaderSize || size > protocol::tpm::kMaxFrame) {
    return Error{Errc::protocol,
                 std::string(kReceiving) + ": an answer of " + std::to_string(size) + " bytes"};
  }
  answer.resize(size);
  const auto rest = MutableByteView(answer).subspan(protocol::tpm::kHeaderSize);
  if (const auto read = read_into(rest); !read) return read.error();
  const auto sts = wait_status(kStsValid, kValidLimit, kReceiving);
  if (!sts) return sts.error();
  if ((*sts & kStsDataAvail) == 0) return answer;
  return Error{Errc::protocol, std::string(kReceiving) + ": more bytes than its answer announces"};
}

Result<void> TisHost::read_into(MutableByteView place) {
  std::size_t got = 0;
  while (got < place.size()) {
    const auto available = wait_status(kStsValid | kStsDataAvail, kValidLimit, kReceiving);
    if (!available && available.error().code == Errc::timeout) {
      return Error{Errc::protocol, std::string(kReceiving) + ": its answer is too short"};
    }
    if (!available) return available.error();
    const auto burst = wait_burst(kReceiving);
    if (!burst) return burst.error();
    const std::size_t end = std::min(got + *burst, place.size());
    registers_.read8_each(kDataFifo, place.subspan(got, end - got));
    got = end;
  }
  return {};
}

}  // namespace updater::tpm
