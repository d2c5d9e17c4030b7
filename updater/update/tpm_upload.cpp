// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/tpm_upload.h"

#include <algorithm>

#include "base/planted.h"
#include "base/promise.h"
#include "base/reached.h"
#include "protocol/tpm/crypto.h"
#include "protocol/update/tool_errors.h"
#include "updater/update/held_update.h"

namespace updater::update {
namespace {

using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::update::ToolError;
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

bool says(const Result<UpgradeOutcome>& judged, ToolError number) {
  return !judged && judged.error().code == Errc::refused &&
         judged.error().status == protocol::update::number(number);
}

/// What a status of the session means to an upload through the TPM.
SessionState as_session(const UpgradeStatus& status) {
  switch (status.state) {
    case UpgradeState::idle:
    case UpgradeState::committed:
    case UpgradeState::failed:
      return SessionState::ended;
    case UpgradeState::verifying:
    case UpgradeState::committing:
      return SessionState::working;
    case UpgradeState::staging:
      break;
  }
  if (status.working != UpgradeWork::nothing) return SessionState::working;
  return status.feeder == UpgradeFeeder::tpm ? SessionState::holding : SessionState::ended;
}

}  // namespace

TpmUpload::~TpmUpload() {
  if (under_way_) (void)abort();
}

/// An answer that does not come leaves open whether the update has begun.
Result<std::size_t> TpmUpload::start() {
  if (plan_.opening == Opening::going_on) {
    if (const auto held = take_up()) return *held;
  }
  if (plan_.opening == Opening::after_abort) {
    if (const auto gone = abort_other(); !gone) return gone.error();
  }
  const UpgradeStart request{.image_length = static_cast<std::uint32_t>(plan_.bytes),
                             .image_digest = sha1({image_.code()}),
                             .password = password_ != nullptr ? password_->text() : ""};
  const auto started = judge(upgrade_.start(request, owner_), "the start");
  under_way_ = started ||
               (started.error().code != Errc::refused && started.error().code != Errc::permission);
  if (!started) return started.error();
  return std::size_t{0};
}

/// Nothing where the session is not this image's any more. What was under way when the other run
/// died is waited for.
std::optional<std::size_t> TpmUpload::take_up() {
  const base::TimePoint end = clock_.now() + kSettleLimit;
  for (;;) {
    const auto status = upgrade_.status();
    if (!status || !holds_part_of(*status, image_)) return std::nullopt;
    const bool works = status->working != UpgradeWork::nothing;
    if (works && clock_.now() >= end) return std::nullopt;
    if (!works) {
      under_way_ = true;
      base::reached(base::Place::updater_takes_up);
      taken_ = status->received;
      MEBENCH_PROMISE(taken_ <= plan_.bytes, "a held update has no more than its image");
      asked_ = taken_;
      return taken_;
    }
    clock_.sleep(kSettlePoll);
  }
}

/// One that has ended meanwhile is gone as well.
Result<void> TpmUpload::abort_other() {
  const auto gone = judge(upgrade_.abort(), "the abort of another update");
  if (gone || says(gone, ToolError::no_update_in_progress)) return {};
  return gone.error();
}

std::size_t TpmUpload::payload() const {
  return std::max<std::size_t>(1, plan_.message_payload);
}

Result<void> TpmUpload::data(ByteView bytes) {
  MEBENCH_PROMISE(!bytes.empty() && bytes.size() <= payload(), "data fits the TPM's command");
  MEBENCH_PROMISE(taken_ + bytes.size() <= plan_.bytes, "no more is sent than was announced");
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
    if (base::planted(base::PlantedBug::resume_at_wrong_offset)) return taken_ = asked_;
    const bool untold = status->layout < kUpgradeLayout;
    if (has_settled(*status) || (untold && clock_.now() >= end)) return taken_ = status->received;
    // Sent again it would be taken twice.
    if (clock_.now() >= end)
      return Error{Errc::timeout, "going on through the TPM: it is still at work on a block"};
    clock_.sleep(kSettlePoll);
  }
}

/// A TPM of layout 1 does not tell whether its session is still at work.
bool TpmUpload::has_settled(const UpgradeStatus& status) const {
  if (status.received == asked_) return true;
  return status.layout >= kUpgradeLayout && status.working == UpgradeWork::nothing;
}

SessionState TpmUpload::let_go() {
  return under_way_ ? abort() : look();
}

SessionState TpmUpload::abort() {
  under_way_ = false;
  const auto gone = judge(upgrade_.abort(), "the abort");
  if (gone || says(gone, ToolError::no_update_in_progress)) return SessionState::ended;
  return says(gone, ToolError::update_in_progress) ? SessionState::working : SessionState::untold;
}

SessionState TpmUpload::look() {
  if (mute_) return SessionState::untold;
  const auto status = upgrade_.status_soon();
  mute_ = !status && status.error().code == Errc::timeout;
  return status ? as_session(*status) : SessionState::untold;
}

}  // namespace updater::update
