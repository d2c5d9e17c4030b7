// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/field_upgrade.h"

#include "base/secret.h"
#include "updater/tpm/owner_commands.h"
#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;

namespace {

/// The out parameters of an answer without authorisation.
Result<Bytes> body_of(Result<Bytes> answer) {
  if (!answer) return answer;
  const auto response = decode_response(*answer);
  if (!response) return Error{Errc::protocol, "TPM_FieldUpgrade: the answer is malformed"};
  return Bytes(response->body.begin(), response->body.end());
}

template <class Message>
Result<Message> decoded(const Result<Bytes>& params, std::optional<Message> (*decode)(ByteView)) {
  if (!params) return params.error();
  const std::optional<Message> message = decode(*params);
  if (!message) return Error{Errc::protocol, "TPM_FieldUpgrade: the answer has the wrong form"};
  return *message;
}

}  // namespace

Result<Bytes> FieldUpgrade::ask(UpgradeCommand command, ByteView data) {
  Bytes frame = upgrade_command(command, data);
  const auto answer = link_.run(frame);
  base::wipe(frame);
  return body_of(answer);
}

Result<UpgradeInformation> FieldUpgrade::information() {
  return decoded(ask(UpgradeCommand::information, {}), &decode_upgrade_information);
}

Result<UpgradeStatus> FieldUpgrade::status() {
  return decoded(ask(UpgradeCommand::status, {}), &decode_upgrade_status);
}

Result<UpgradeStatus> FieldUpgrade::status_soon() {
  return decoded(body_of(link_.run_once(upgrade_command(UpgradeCommand::status, {}), kUpgradeSoon)),
                 &decode_upgrade_status);
}

/// The body holds the update's password: no copy of it stays.
Result<UpgradeOutcome> FieldUpgrade::start(const UpgradeStart& start, const OwnerSecret* owner) {
  Bytes data = to_bytes(start);
  Bytes body = to_bytes(UpgradeBody{.command = UpgradeCommand::start, .data = data});
  auto answer = owner == nullptr ? ask(UpgradeCommand::start, data)
                                 : run_as_owner(link_, *owner, Ordinal::field_upgrade, body);
  base::wipe(data);
  base::wipe(body);
  return decoded(answer, &decode_upgrade_outcome);
}

Result<UpgradeOutcome> FieldUpgrade::data(ByteView block) {
  return decoded(ask(UpgradeCommand::data, block), &decode_upgrade_outcome);
}

Result<UpgradeOutcome> FieldUpgrade::complete() {
  return decoded(ask(UpgradeCommand::complete, {}), &decode_upgrade_outcome);
}

Result<UpgradeOutcome> FieldUpgrade::abort() {
  return decoded(body_of(link_.run_once(upgrade_command(UpgradeCommand::abort, {}), kUpgradeSoon)),
                 &decode_upgrade_outcome);
}

}  // namespace updater::tpm
