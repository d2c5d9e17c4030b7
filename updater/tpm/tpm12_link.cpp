// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/tpm12_link.h"

#include "base/promise.h"
#include "protocol/tpm/owner.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;
using protocol::tpm::Ordinal;
using protocol::tpm::ReturnCode;

namespace {

bool asks_again(const Error& error) {
  return is(error, ReturnCode::retry) || is(error, ReturnCode::doing_self_test) ||
         is(error, ReturnCode::needs_self_test);
}

}  // namespace

Error tpm_error(Ordinal ordinal, ReturnCode code) {
  return {Errc::refused,
          "TPM_" + std::string(name(ordinal)) + ": " + std::string(meaning(code)) + " (" +
              std::string(name(code)) + ")",
          number(code)};
}

bool is(const Error& error, ReturnCode code) {
  return error.code == Errc::refused && error.status == number(code);
}

Result<Bytes> Tpm12Link::run_once(ByteView command, Duration limit) {
  const auto sent = protocol::tpm::decode_command(command);
  MEBENCH_PROMISE(sent, "a command of ours is a TPM command");
  auto answer = transport_.transmit(command, limit);
  if (!answer) return answer;
  const auto response = protocol::tpm::decode_response(*answer);
  if (!response) {
    return Error{Errc::protocol,
                 "TPM_" + std::string(name(sent->ordinal)) + ": the answer is malformed"};
  }
  if (response->code != ReturnCode::success) return tpm_error(sent->ordinal, response->code);
  return answer;
}

// A code from 800 up leaves everything as it was, authorisation sessions too: the same frame is
// sent again.
Result<Bytes> Tpm12Link::run(ByteView command) {
  const auto sent = protocol::tpm::decode_command(command);
  MEBENCH_PROMISE(sent, "a command of ours is a TPM command");
  auto answer = run_once(command, limit_of(sent->ordinal));
  for (int i = 0; i < kRetries && !answer && asks_again(answer.error()); ++i) {
    if (is(answer.error(), ReturnCode::needs_self_test)) {
      const auto tested = run_once(protocol::tpm::bare_command(Ordinal::continue_self_test),
                                   limit_of(Ordinal::continue_self_test));
      if (!tested && !asks_again(tested.error())) return tested;
    }
    clock_.sleep(kRetryPause);
    answer = run_once(command, limit_of(sent->ordinal));
  }
  return answer;
}

}  // namespace updater::tpm
