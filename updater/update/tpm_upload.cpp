// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/tpm_upload.h"

#include <algorithm>

#include "protocol/tpm/crypto.h"

namespace updater::update {
namespace {

using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;

/// The firmware's no carries its FWU status; the TPM's own no keeps its return code, which is none.
Result<UpgradeOutcome> judge(const Result<UpgradeOutcome>& outcome, const char* step) {
  if (!outcome) {
    Error error = outcome.error();
    if (error.code == Errc::refused) error.code = Errc::permission;
    error.doing = std::string(step) + " through the TPM: " + error.doing;
    return error;
  }
  if (outcome->status == 0) return *outcome;
  return Error{Errc::refused, std::string("the firmware refused ") + step + " through the TPM",
               outcome->status};
}

}  // namespace

TpmUpload::~TpmUpload() {
  if (under_way_) (void)upgrade_.abort();
}

/// An answer that does not come leaves open whether the update has begun.
Result<void> TpmUpload::start() {
  const UpgradeStart request{.image_length = static_cast<std::uint32_t>(plan_.bytes),
                             .image_digest = sha1({image_.code()}),
                             .password = password_ != nullptr ? password_->text() : ""};
  const auto started = judge(upgrade_.start(request, owner_), "the start");
  under_way_ = started ||
               (started.error().code != Errc::refused && started.error().code != Errc::permission);
  if (!started) return started.error();
  return {};
}

std::size_t TpmUpload::payload() const {
  return std::max<std::size_t>(1, plan_.message_payload);
}

Result<void> TpmUpload::data(ByteView bytes) {
  asked_ = taken_ + bytes.size();
  const auto answer = judge(upgrade_.data(bytes), "data");
  if (!answer) return answer.error();
  taken_ = asked_;
  return {};
}

Result<std::uint32_t> TpmUpload::end() {
  const auto answer = judge(upgrade_.complete(), "the end");
  // Refused, the session has ended; unanswered, it may be committing. Neither is to be aborted.
  under_way_ = false;
  if (!answer) return answer.error();
  return answer->reset_type;
}

Result<std::size_t> TpmUpload::resume() {
  const base::TimePoint end = clock_.now() + kSettleLimit;
  for (;;) {
    const auto status = upgrade_.status();
    if (!status) return status.error();
    const bool ours = status->state == UpgradeState::staging &&
                      status->feeder == UpgradeFeeder::tpm && status->announced == plan_.bytes;
    const bool known = status->received == taken_ || status->received == asked_;
    if (!ours || !known) {
      under_way_ = under_way_ && ours;
      return Error{Errc::refused, "going on through the TPM: its update is over",
                   status->last_status};
    }
    const bool settled = status->received == asked_ || clock_.now() >= end;
    if (settled) return taken_ = status->received;
    clock_.sleep(kSettlePoll);
  }
}

}  // namespace updater::update
