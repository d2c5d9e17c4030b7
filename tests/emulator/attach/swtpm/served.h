// SPDX-License-Identifier: BSD-3-Clause
// A TPM that does what a test says, served at a socket.
#pragma once

#include <map>

#include "emulator/attach/swtpm/swtpm_server.h"
#include "tests/emulator/attach/wire.h"
#include "tests/temporary_folder.h"

namespace emulator::attach::swtpm {

using test::Bytes;
using test::ByteView;
using test::Client;

/// Stands at the seam: notes what it is asked, answers when the test says so.
class ScriptedTpm final : public ServedTpm {
 public:
  ReturnCode initialise() override {
    calls += "init ";
    return init_result;
  }
  void stop() override { calls += "stop "; }
  void release() override { calls += "release "; }

  std::optional<Ticket> submit(std::uint8_t locality, ByteView command) override {
    if (refuses || running) return std::nullopt;
    localities.push_back(locality);
    commands.emplace_back(command.begin(), command.end());
    running = Ticket{++tickets};
    if (!answers_at_once) return running;
    ready = true;
    return running;
  }
  Progress progress(Ticket ticket) override {
    if (running != ticket) return Progress::dropped;
    return ready ? Progress::answered : Progress::working;
  }
  Bytes take_response(Ticket) override {
    running.reset();
    ready = false;
    return response;
  }
  void cancel() override {
    calls += "cancel ";
    running.reset();
  }

  bool established() override { return is_established; }
  ReturnCode reset_established(std::uint8_t locality) override {
    calls += "reset_established(" + std::to_string(locality) + ") ";
    return ReturnCode::success;
  }
  ReturnCode hash_start() override { return note("hash_start"); }
  ReturnCode hash_data(ByteView data) override {
    return note(("hash_data(" + base::to_hex(data) + ")").c_str());
  }
  ReturnCode hash_end() override { return note("hash_end"); }
  ReturnCode store_volatile() override { return note("store_volatile"); }
  base::Result<Bytes> state(StatePart part) override {
    if (unreadable) return base::Error{base::Errc::io, "reading a state"};
    return states[part];
  }
  ReturnCode set_state(StatePart part, ByteView state) override {
    states[part] = Bytes(state.begin(), state.end());
    return ReturnCode::success;
  }
  Description description() override {
    return {.specification = R"("s":1)", .attributes = R"("a":2)"};
  }

  ReturnCode note(const char* what) {
    calls += std::string(what) + " ";
    return ReturnCode::success;
  }

  std::string calls;
  ReturnCode init_result = ReturnCode::success;
  bool is_established = false;
  std::map<StatePart, Bytes> states{{StatePart::permanent, {1, 2, 3}},
                                    {StatePart::volatile_state, {4, 5}},
                                    {StatePart::saved, {}}};
  bool unreadable = false;
  bool refuses = false;
  bool answers_at_once = true;
  bool ready = false;
  Bytes response{0x00, 0xC4, 0, 0, 0, 10, 0, 0, 0, 0};
  std::vector<Bytes> commands;
  std::vector<std::uint8_t> localities;
  std::optional<Ticket> running;
  std::uint64_t tickets = 0;
};

/// Any command: TPM_GetTicks.
inline constexpr const char* kTicks = "00c1 0000000a 000000f1";
inline constexpr const char* kDone = "00c40000000a00000000";
inline constexpr const char* kFailed = "00c40000000a00000009";
inline constexpr const char* kBadSize = "00c40000000a00000019";

class Served : public testing::Test {
 protected:
  Served() { loop.add(server); }

  Client connect() { return Client(folder.file("tpm")); }
  /// What comes back to `hex`.
  std::string ask(Client& client, const char* hex, const std::vector<int>& files = {}) {
    client.send(hex, files);
    test::run(loop);
    return client.receive_hex();
  }

  tests::TemporaryFolder folder;
  test::StandingTime time;
  ScriptedTpm tpm;
  SwtpmServer server{test::listen_at(folder.file("tpm")), tpm};
  ServingLoop loop{time};
};

}  // namespace emulator::attach::swtpm
