// SPDX-License-Identifier: BSD-3-Clause
// The update session's answers on their way to the host, and what of an upload is saved.

#include "base/promise.h"
#include "emulator/tpm/field_upgrade.h"
#include "protocol/update/tool_errors.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using firmware::Feeder;
using firmware::SessionState;
using protocol::update::ToolError;
using namespace protocol::tpm;

}  // namespace

void FieldUpgrade::session_started(std::uint32_t status) {
  if (owed_ != Owed::start) return;
  if (status != protocol::update::number(ToolError::success)) upload_ = {};
  settle(Owed::start, {.status = status});
}

void FieldUpgrade::session_took_data(std::uint32_t status) {
  if (owed_ != Owed::data) return;
  if (status == protocol::update::number(ToolError::success)) {
    upload_.digest.add(block_);
    upload_.received += static_cast<std::uint32_t>(block_.size());
    note(kUpgradeBlockTaken, upload_.received, static_cast<std::uint32_t>(block_.size()));
  } else if (session_.state() != SessionState::staging) {
    upload_ = {};
  }
  block_.clear();
  settle(Owed::data, {.status = status});
}

void FieldUpgrade::session_ended(std::uint32_t status, std::uint32_t reset_type) {
  if (owed_ != Owed::end) return;
  if (status == protocol::update::number(ToolError::success)) {
    reset_type_ = reset_type;
    note("field upgrade complete", upload_.received);
  }
  if (session_is_open()) upload_.active = false;
  settle(Owed::end, {.status = status, .reset_type = reset_type});
}

/// Part 3: after an upgrade the TPM is inactive until it is started anew. One that could not be
/// written was none: its owner may start again.
void FieldUpgrade::session_committed() {
  note("field upgrade installed");
  (void)memory_.deactivate_until_startup();
}

/// The session has been asked. Its answer, if it came at once.
std::optional<Bytes> FieldUpgrade::await(Owed what) {
  calling_ = false;
  host_waits_ = owed_ == what;
  std::optional<Bytes> answer = std::move(early_);
  early_.reset();
  MEBENCH_PROMISE(answer.has_value() != host_waits_,
                  "a host waits exactly when there is no answer yet");
  return answer;
}

void FieldUpgrade::settle([[maybe_unused]] Owed what, const UpgradeOutcome& m) {
  MEBENCH_PROMISE(owed_ == what, "the session answers what it was asked");
  owed_ = Owed::nothing;
  Bytes response = outcome(m.status, m.reset_type);
  if (calling_) {
    early_ = std::move(response);
    return;
  }
  if (!host_waits_) return;  // cancelled: what was done is done, and nobody listens
  host_waits_ = false;
  late_.answer(std::move(response));
}

Bytes FieldUpgrade::outcome(std::uint32_t status, std::uint32_t reset_type) const {
  return sealed(to_bytes(UpgradeOutcome{.status = status, .reset_type = reset_type}));
}

Bytes FieldUpgrade::sealed(ByteView out_params) const {
  if (!seal_) return to_bytes(Response{.body = out_params});
  return OwnerProxy::seal(*seal_, Ordinal::field_upgrade, out_params);
}

void FieldUpgrade::note(const char* text, std::uint32_t a, std::uint32_t b) {
  trace_.record({.kind = sim::TraceKind::tpm, .a = a, .b = b, .text = text});
}

void FieldUpgrade::serialize(sim::Archive& a) {
  a.section("tpm.field_upgrade");
  a.value(upload_.active);
  a.value(upload_.authority);
  a.value(upload_.announced);
  a.value(upload_.received);
  a.value(base::MutableByteView(upload_.authorised_digest));
  upload_.digest.serialize(a);
  a.value(reset_type_);
  a.value(owed_);
  if (owed_ > Owed::end) a.fail("the TPM waits for an unknown answer of the update session");
  a.value(host_waits_);
  bool has_seal = seal_.has_value();
  a.value(has_seal);
  if (a.is_loading()) seal_ = has_seal ? std::optional<AnswerSeal>(AnswerSeal{}) : std::nullopt;
  if (seal_) {
    a.value(base::MutableByteView(seal_->key));
    a.value(base::MutableByteView(seal_->nonce_even));
    a.value(base::MutableByteView(seal_->nonce_odd));
    a.value(seal_->continue_session);
  }
  a.value(block_);
  if (a.is_loading()) session_.resume(Feeder::tpm, *this);
}

}  // namespace emulator::tpm
