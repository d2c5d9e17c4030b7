// SPDX-License-Identifier: BSD-3-Clause
// A scripted TPM that takes a field upgrade without an owner, and hands what it gets to a scripted
// ME: each field is one thing it does otherwise.
#pragma once

#include "protocol/tpm/crypto.h"
#include "protocol/tpm/field_upgrade.h"
#include "tests/updater/inventory/scripted_tpm.h"
#include "tests/updater/update/scripted_me.h"

namespace tests {

class ScriptedUpgrade {
 public:
  explicit ScriptedUpgrade(ScriptedMe& board) : me(board) {
    tpm.handlers[protocol::tpm::Ordinal::field_upgrade] = [this](base::ByteView command) {
      return upgrade(command);
    };
  }

  // What it does.
  std::optional<protocol::tpm::ReturnCode> start_code;
  std::uint32_t start_status = 0;
  std::uint32_t data_status = 0;
  std::optional<int> silent_block;  ///< no answer to this one, counted from 1
  bool takes_no_block = false;      ///< nor answers one
  bool takes_silent_block = false;  ///< it has been taken all the same
  int settles_after = 0;            ///< status questions until that shows
  bool end_is_lost = false;         ///< without an answer, and without effect
  bool abort_is_silent = false;
  std::uint8_t layout = protocol::tpm::kUpgradeLayout;
  bool dead_afterwards = false;  ///< nor is anything answered later
  bool end_is_silent = false;

  // What it got.
  base::Bytes received;
  protocol::tpm::Digest digest{};
  std::string password;
  int blocks = 0;
  int starts = 0;
  int ends = 0;
  int aborts = 0;
  ScriptedMe& me;
  ScriptedTpm tpm;

  /// As an interrupted run left it.
  void hold(base::ByteView part, std::uint32_t announced, const protocol::tpm::Digest& of) {
    received.assign(part.begin(), part.end());
    announced_ = announced;
    digest = of;
    staging_ = true;
  }

 private:
  using Answer = ScriptedTpm::Answer;
  static base::Error silence() { return {base::Errc::timeout, "no answer in time"}; }

  static base::Bytes says(std::uint32_t status, std::uint32_t reset_type = 0) {
    const auto body = to_bytes(protocol::tpm::UpgradeOutcome{status, reset_type});
    return to_bytes(protocol::tpm::Response{.body = body});
  }

  Answer upgrade(base::ByteView frame) {
    using protocol::tpm::UpgradeCommand;
    const auto command = protocol::tpm::decode_command(frame);
    const auto body = protocol::tpm::decode_upgrade_body(command->body);
    if (dead_) return silence();
    switch (body.body.command) {
      case UpgradeCommand::start:
        return start(body.body.data);
      case UpgradeCommand::data:
        return data(body.body.data);
      case UpgradeCommand::complete:
        return complete();
      case UpgradeCommand::abort:
        ++aborts;
        if (abort_is_silent) return silence();
        staging_ = false;
        return says(0);
      default:
        return status();
    }
  }

  Answer start(base::ByteView bytes) {
    ++starts;
    if (start_code) return ScriptedTpm::says(*start_code);
    const auto request = protocol::tpm::decode_upgrade_start(bytes);
    received.clear();
    announced_ = request->image_length;
    digest = request->image_digest;
    password = request->password;
    staging_ = start_status == 0;
    return says(start_status);
  }

  Answer data(base::ByteView bytes) {
    ++blocks;
    if (!staging_) return says(8723);
    if (data_status != 0) return says(data_status);
    if (takes_no_block) return silence();
    const bool silent = silent_block && blocks == *silent_block;
    if (silent) dead_ = dead_afterwards;
    if (silent && !takes_silent_block) return silence();
    if (silent) pending_.assign(bytes.begin(), bytes.end());
    if (silent) return silence();
    received.insert(received.end(), bytes.begin(), bytes.end());
    return says(0);
  }

  Answer status() {
    if (!pending_.empty() && settles_after-- <= 0) {
      received.insert(received.end(), pending_.begin(), pending_.end());
      pending_.clear();
    }
    using namespace protocol::tpm;
    const UpgradeStatus m{.layout = layout,
                          .state = staging_ ? UpgradeState::staging : UpgradeState::idle,
                          .feeder = staging_ ? UpgradeFeeder::tpm : UpgradeFeeder::none,
                          .announced = announced_,
                          .received = static_cast<std::uint32_t>(received.size()),
                          .digest = digest,
                          .working = pending_.empty() ? UpgradeWork::nothing : UpgradeWork::data};
    return to_bytes(Response{.body = to_bytes(m)});
  }

  /// The session is the ME's: it commits what it was given.
  Answer complete() {
    ++ends;
    if (end_is_lost) return silence();
    staging_ = false;
    me.commit_now();
    if (end_is_silent) return silence();
    return says(0, me.reset_type);
  }

  std::uint32_t announced_ = 0;
  base::Bytes pending_;
  bool staging_ = false;
  bool dead_ = false;
};

}  // namespace tests
