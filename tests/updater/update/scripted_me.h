// SPDX-License-Identifier: BSD-3-Clause
// A scripted Management Engine that takes an update: each field is one thing it does otherwise.
#pragma once

#include <optional>

#include "protocol/mei/fwu.h"
#include "protocol/mei/mkhi.h"
#include "tests/updater/inventory/scripted_device.h"

namespace tests {

enum class Fate { new_code, old_code, recovery_code, silence };

class ScriptedMe {
 public:
  explicit ScriptedMe(WaitingClock& waiting) : clock(waiting), device(waiting) {
    device.add(protocol::mei::kFwuGuid, [this](base::ByteView request) { return fwu(request); });
    device.add(protocol::mei::kMkhiGuid, [this](base::ByteView) { return mkhi(); });
    device.on_disconnect = [this] { staging_ = false; };
    device.before_connect = [this]() -> std::optional<base::Error> {
      settle();
      if (gone_for_ever || clock.now() < back_at_)
        return base::Error{base::Errc::disconnected, "the ME is not ready"};
      return std::nullopt;
    };
  }

  // What it is.
  protocol::FirmwareVersion version{5, 0, 1, 1111};
  protocol::FirmwareVersion next{5, 2, 70, 1046};
  bool recovery = false;
  std::uint32_t sku = 2110;
  std::uint16_t interfaces = protocol::fwu::kInterfaceLocal;
  std::uint32_t last_status = 1;  ///< as the field report's board has it before any update

  // What it answers.
  std::uint32_t start_status = 0;
  std::uint32_t end_status = 0;
  std::uint32_t reset_type = protocol::fwu::kResetMe;
  std::optional<std::size_t> data_refused_at;  ///< status 8746
  std::optional<std::size_t> link_breaks_at;   ///< bytes taken before the link goes
  std::optional<std::size_t> silent_at;        ///< bytes taken before no more answers come
  bool start_is_silent = false;
  bool link_breaks_at_end = false;  ///< before the answer to END
  bool end_arrives_twice = false;   ///< and the answer to the second (8708) comes first
  bool end_is_lost = false;         ///< with link_breaks_at_end: END never gets there
  bool gone_for_ever = false;

  // What happens afterwards.
  Fate fate = Fate::new_code;
  base::Duration commit_time = std::chrono::seconds(20);
  base::Duration down_time = std::chrono::seconds(2);
  std::uint32_t status_after = 0;
  bool commits_unseen = false;  ///< does not say that it is updating
  bool break_tears = false;     ///< a link break leaves it on its recovery code
  bool break_is_final = false;

  base::Bytes received;
  std::string password;
  WaitingClock& clock;
  ScriptedDevice device;

  /// As after an END: also for what came another way.
  void commit_now() {
    committed_at_ = clock.now() + commit_time;
    if (gone_after_end()) gone_for_ever = true;
  }

 private:
  Reaction fwu(base::ByteView request) {
    settle();
    switch (protocol::fwu::decode_type(request).value_or(99)) {
      case 0:
        return version_reply();
      case 2:
        return start(request);
      case 4:
        return data(request);
      case 6:
        return end();
      default:
        return silence();
    }
  }

  Reaction version_reply() {
    base::Bytes reply(52);
    base::ByteWriter out(reply);
    protocol::fwu::encode(out,
                          protocol::fwu::VersionReply{.sku = sku,
                                                      .last_update_status = told_status(),
                                                      .code = version,
                                                      .amt = version,
                                                      .enabled_update_interfaces = interfaces});
    return answer(reply);
  }

  Reaction start(base::ByteView request) {
    if (start_is_silent) return silence();
    password = protocol::fwu::decode_start_request(request)->password;
    staging_ = start_status == 0;
    base::Bytes reply(protocol::fwu::StartReply::size);
    base::ByteWriter out(reply);
    protocol::fwu::encode(out, protocol::fwu::StartReply{.status = start_status});
    return answer(reply);
  }

  Reaction data(base::ByteView request) {
    if (link_breaks_at && received.size() >= *link_breaks_at) return break_link();
    if (silent_at && received.size() >= *silent_at) return silence();
    const auto message = protocol::fwu::decode_data_request(request);
    std::uint32_t status = staging_ ? 0 : 8723;
    if (data_refused_at && received.size() >= *data_refused_at) status = 8746;
    if (status == 0) received.insert(received.end(), message->data.begin(), message->data.end());
    base::Bytes reply(protocol::fwu::DataReply::size);
    base::ByteWriter out(reply);
    protocol::fwu::encode(out, protocol::fwu::DataReply{.status = status});
    return answer(reply);
  }

  Reaction end() {
    if (end_status == 0 && !end_is_lost) commit_now();
    if (link_breaks_at_end) return drop();
    base::Bytes reply(protocol::fwu::EndReply::size);
    base::ByteWriter out(reply);
    const std::uint32_t status = end_arrives_twice ? 8708 : end_status;
    protocol::fwu::encode(out, protocol::fwu::EndReply{.status = status, .reset_type = reset_type});
    return answer(reply);
  }

  Reaction mkhi() {
    settle();
    base::Bytes reply(protocol::mkhi::FirmwareVersionResponse::size);
    base::ByteWriter out(reply);
    protocol::mkhi::encode(out, protocol::mkhi::FirmwareVersionResponse{
                                    .code = recovery ? protocol::FirmwareVersion{} : version,
                                    .recovery = {5, 0, 0, 7},
                                    .fitc = {}});
    return answer(reply);
  }

  Reaction break_link() {
    link_breaks_at.reset();
    gone_for_ever = break_is_final;
    recovery = recovery || break_tears;
    back_at_ = clock.now() + down_time;
    return drop();
  }

  bool gone_after_end() const { return fate == Fate::silence; }
  bool committing() const { return committed_at_ && clock.now() < *committed_at_; }
  std::uint32_t told_status() const {
    return committing() && !commits_unseen ? protocol::mkhi::kUpdateInProgress : last_status;
  }

  /// Takes the step that is due: commit done, new code or another fate, restart.
  void settle() {
    if (!committed_at_ || clock.now() < *committed_at_) return;
    committed_at_.reset();
    last_status = status_after;
    if (reset_type == protocol::fwu::kResetPlatform) return;
    recovery = fate == Fate::recovery_code;
    if (fate == Fate::new_code) version = next;
    back_at_ = clock.now() + down_time;
  }

  std::optional<base::TimePoint> committed_at_;
  base::TimePoint back_at_{};
  bool staging_ = false;
};

}  // namespace tests
