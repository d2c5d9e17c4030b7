// SPDX-License-Identifier: BSD-3-Clause
// A Management Engine that says what a test tells it to: the double at the MeiDevice seam, with a
// clock that only waits.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "protocol/mei/clients.h"
#include "updater/mei/mei_transport.h"

namespace tests {

class WaitingClock : public base::Clock {
 public:
  base::TimePoint now() const override { return now_; }
  void sleep(base::Duration amount) override { now_ += amount; }

 private:
  base::TimePoint now_{};
};

/// What comes of one request: an answer, silence until the limit, or the end of the connection.
struct Reaction {
  enum class Kind { answer, silence, drop } kind = Kind::silence;
  base::Bytes bytes;
};
inline Reaction answer(base::Bytes bytes) {
  return {Reaction::Kind::answer, std::move(bytes)};
}
inline Reaction silence() {
  return {};
}
inline Reaction drop() {
  return {Reaction::Kind::drop, {}};
}

using Client = std::function<Reaction(base::ByteView request)>;

class ScriptedTransport : public updater::mei::MeiTransport {
 public:
  ScriptedTransport(const Client& client, WaitingClock& clock, std::uint32_t limit,
                    std::function<void()> on_close)
      : client_(client), clock_(clock), limit_(limit), on_close_(std::move(on_close)) {}
  ~ScriptedTransport() override { on_close_(); }

  std::uint32_t max_message_length() const override { return limit_; }
  std::uint8_t protocol_version() const override { return 1; }

  base::Result<void> send(base::ByteView message, base::Duration) override {
    if (message.size() > limit_) return base::Error{base::Errc::invalid, "message too long"};
    pending_ = client_(message);
    return {};
  }

  base::Result<base::Bytes> receive(base::Duration limit) override {
    if (pending_.kind == Reaction::Kind::answer) return pending_.bytes;
    if (pending_.kind == Reaction::Kind::drop)
      return base::Error{base::Errc::disconnected, "the link was reset"};
    clock_.sleep(limit);
    return base::Error{base::Errc::timeout, "no answer within its limit"};
  }

 private:
  Client client_;
  WaitingClock& clock_;
  std::uint32_t limit_;
  std::function<void()> on_close_;
  Reaction pending_;
};

class ScriptedDevice : public updater::mei::MeiDevice {
 public:
  explicit ScriptedDevice(WaitingClock& clock) : clock_(clock) {}

  std::string device_name = "sim:scripted";
  bool is_simulated = true;
  std::map<std::array<std::uint8_t, 16>, Client> clients;  ///< by GUID
  std::map<std::uint8_t, Client> fixed;                    ///< by address
  std::optional<base::Error> connect_error;                ///< every connect fails with it
  base::Result<std::uint32_t> status{base::Error{base::Errc::unsupported, "no such register"}};
  base::Result<std::uint16_t> pci_id{base::Error{base::Errc::unsupported, "cannot be told"}};
  updater::mei::HostFacts facts;
  std::uint32_t message_limit = 512;
  int connects = 0;
  int open_now = 0;
  std::function<void()> on_disconnect = [] {};
  std::function<std::optional<base::Error>()> before_connect = [] { return std::nullopt; };

  void add(const protocol::mei::Guid& guid, Client client) {
    clients[guid.bytes] = std::move(client);
  }

  std::string name() const override { return device_name; }
  bool simulated() const override { return is_simulated; }
  base::Result<std::uint32_t> firmware_status() override { return status; }
  base::Result<std::uint16_t> pci_device_id() override { return pci_id; }
  updater::mei::HostFacts host_facts() const override { return facts; }

  base::Result<std::unique_ptr<updater::mei::MeiTransport>> connect(
      const protocol::mei::Guid& guid) override {
    ++connects;
    if (connect_error) return *connect_error;
    if (auto error = before_connect()) return *error;
    const auto client = clients.find(guid.bytes);
    if (client == clients.end()) return base::Error{base::Errc::not_found, "no such client", 1};
    return open(client->second);
  }

  base::Result<std::unique_ptr<updater::mei::MeiTransport>> open_fixed(
      std::uint8_t address) override {
    if (connect_error) return *connect_error;
    const auto client = fixed.find(address);
    if (client == fixed.end())
      return base::Error{base::Errc::unsupported, "fixed addresses cannot be reached"};
    return open(client->second);
  }

 private:
  std::unique_ptr<updater::mei::MeiTransport> open(const Client& client) {
    ++open_now;
    return std::make_unique<ScriptedTransport>(client, clock_, message_limit, [this] {
      --open_now;
      on_disconnect();
    });
  }

  WaitingClock& clock_;
};

}  // namespace tests
