// SPDX-License-Identifier: BSD-3-Clause
// The two seams of a client, scripted: a firmware that is what the test says, and a way back that
// keeps what it was given.
#pragma once

#include <string>
#include <vector>

#include "base/hex.h"
#include "emulator/firmware/firmware_view.h"
#include "emulator/heci/me_client.h"

namespace emulator::clients {

class ScriptedSession final : public firmware::UpdateSession {
 public:
  void start(firmware::Feeder feeder, const firmware::SessionStart& start,
             firmware::SessionListener& listener) override {
    fed_by = feeder;
    started = {.image_length = start.image_length, .password = {}, .oem_id = start.oem_id};
    password = start.password;
    waiting = &listener;
  }
  void data(firmware::Feeder feeder, base::ByteView bytes,
            firmware::SessionListener& listener) override {
    fed_by = feeder;
    taken.insert(taken.end(), bytes.begin(), bytes.end());
    waiting = &listener;
  }
  void end(firmware::Feeder feeder, firmware::SessionListener& listener) override {
    fed_by = feeder;
    waiting = &listener;
  }
  void abandon(firmware::Feeder feeder) override {
    fed_by = feeder;
    waiting = nullptr;
    ++abandoned;
  }
  void resume(firmware::Feeder feeder, firmware::SessionListener& listener) override {
    fed_by = feeder;
    waiting = &listener;
  }
  bool owes(firmware::Feeder feeder) const override {
    return waiting != nullptr && feeder == fed_by;
  }
  firmware::SessionState state() const override { return firmware::SessionState::idle; }
  std::uint32_t last_status() const override { return last; }

  firmware::Feeder fed_by = firmware::Feeder::none;
  firmware::SessionStart started;
  std::string password;
  base::Bytes taken;
  int abandoned = 0;
  firmware::SessionListener* waiting = nullptr;
  std::uint32_t last = 0;
};

class ScriptedFirmware final : public firmware::FirmwareView {
 public:
  firmware::BootPath boot_path() const override { return path; }
  protocol::FirmwareVersion running_version() const override { return running; }
  protocol::FirmwareVersion recovery_version() const override { return recovery; }
  const firmware::Identity& identity() const override { return config.identity; }
  const firmware::Settings& settings() const override { return config.settings; }
  const firmware::Surroundings& surroundings() const override { return config.surroundings; }
  const firmware::UpdatePolicy& update_policy() const override { return config.update; }
  protocol::fwu::ResetReason reset_reason() const override {
    return config.surroundings.reset_reason;
  }
  firmware::UpdateSession& update_session() override { return session; }
  bool unprovision() override {
    ++unprovisioned;
    return takes_unprovision;
  }

  firmware::BootPath path = firmware::BootPath::operational;
  protocol::FirmwareVersion running{.major = 5, .minor = 2, .hotfix = 70, .build = 1046};
  protocol::FirmwareVersion recovery{.major = 5, .minor = 0, .hotfix = 1, .build = 1111};
  firmware::FirmwareConfig config;
  ScriptedSession session;
  bool takes_unprovision = true;
  int unprovisioned = 0;
};

class RecordingPort final : public heci::ReplyPort {
 public:
  void reply(heci::Connection to, base::ByteView message) override {
    last_to = to;
    replies.push_back(base::to_hex(message));
  }
  /// The one reply since the last call, as hexadecimal digits; "none" or "several" otherwise.
  std::string only() {
    const std::string text = replies.empty()      ? "none"
                             : replies.size() > 1 ? "several"
                                                  : replies.front();
    replies.clear();
    return text;
  }

  heci::Connection last_to;
  std::vector<std::string> replies;
};

/// Golden strings are written with blanks between fields.
inline base::Bytes hex(std::string_view text) {
  return base::from_hex(text).value();
}
inline std::string packed(std::string_view text) {
  return base::to_hex(hex(text));
}

}  // namespace emulator::clients
