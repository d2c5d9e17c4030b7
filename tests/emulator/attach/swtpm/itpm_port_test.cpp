// SPDX-License-Identifier: BSD-3-Clause
// The iTPM behind the socket: a monitor with a BIOS of its own, programs without one, and state
// that is carried from one TPM to another.
#include "emulator/attach/swtpm/itpm_port.h"

#include "emulator/attach/swtpm/swtpm_server.h"
#include "protocol/tpm/crypto.h"
#include "tests/emulator/attach/wire.h"
#include "tests/emulator/tpm/rig.h"
#include "tests/temporary_folder.h"

namespace emulator::attach::swtpm {
namespace {

using test::Bytes;
using test::Client;

constexpr const char* kStartup = "00c1 0000000c 00000099 0001";
constexpr const char* kReadPcr10 = "00c1 0000000e 00000015 0000000a";
constexpr const char* kReadPcr17 = "00c1 0000000e 00000015 00000011";
constexpr const char* kDone = "00c40000000a00000000";

// GetCapability, area 10h (each maker's own), sub-capability "MBID"; its answer: 18h bytes,
// "mebench:" and the id.
constexpr const char* kAskBoard = "00c1 00000016 00000065 00000010 00000004 4d424944";
constexpr const char* kBoardTold =
    "00c40000002600000000000000186d6562656e63683a5a010203000000000000000000000000";
const protocol::BoardId kBoard{{0x5A, 0x01, 0x02, 0x03}};

/// Time runs to the end of whatever the TPM does.
class Following final : public Pace {
 public:
  explicit Following(sim::Scheduler& clock) : clock_(clock) {}
  void catch_up() override {
    while (clock_.run_next()) {
    }
  }
  std::optional<base::Duration> patience() override { return base::Duration::zero(); }
  void idle() override {}

 private:
  sim::Scheduler& clock_;
};

struct ServedItpm {
  explicit ServedItpm(const tpm::TpmConfig& wanted = tpm::fitted()) : config(wanted), rig(wanted) {
    loop.add(server);
  }
  std::string ask(Client& client, const std::string& hex, const std::vector<int>& files = {}) {
    client.send(hex.c_str(), files);
    test::run(loop);
    return client.receive_hex();
  }
  Client connect() { return Client(folder.file("tpm")); }

  tests::TemporaryFolder folder;
  tpm::TpmConfig config;
  tpm::Rig rig;
  ItpmPort port{rig.tpm, config, kBoard};
  Following time{rig.clock};
  SwtpmServer server{test::listen_at(folder.file("tpm")), port};
  ServingLoop loop{time};
};

struct Qemu {
  explicit Qemu(ServedItpm& served) : machine(served), control(served.connect()) {
    test::SocketPair pair;
    EXPECT_EQ(ask("00000010", {pair.theirs.number()}), "00000000");
    data.emplace(std::move(pair.ours));
  }
  std::string ask(const std::string& hex, const std::vector<int>& files = {}) {
    return machine.ask(control, hex, files);
  }
  std::string tpm(const std::string& hex) { return machine.ask(*data, hex); }

  ServedItpm& machine;
  Client control;
  std::optional<Client> data;
};

constexpr const char* kInit = "00000002 00000000";

TEST(ServedItpm, TellsItsBoardToWhoAsks) {
  ServedItpm served;
  Client program = served.connect();
  EXPECT_EQ(served.ask(program, kAskBoard), kBoardTold);
  EXPECT_EQ(served.ask(program, kStartup), "00c40000000a00000026") << "and goes on";
  EXPECT_EQ(served.ask(program, kAskBoard), kBoardTold);
}

TEST(ServedItpm, AnotherSubCapabilityIsTheTpmsToRefuse) {
  ServedItpm served;
  Client program = served.connect();
  const std::string other =
      served.ask(program, "00c1 00000016 00000065 00000010 00000004 4d424945");
  EXPECT_EQ(other.substr(0, 12), "00c40000000a") << other;
  EXPECT_NE(other.substr(12), "00000000");
}

TEST(ServedItpm, WithoutABoardTheTpmRefusesTheQuestion) {
  ServedItpm served;
  ItpmPort unnamed{served.rig.tpm, served.config};
  const auto ticket = unnamed.submit(0, *base::from_hex(kAskBoard));
  ASSERT_TRUE(ticket);
  served.time.catch_up();
  ASSERT_EQ(unnamed.progress(*ticket), Progress::answered);
  EXPECT_EQ(unnamed.take_response(*ticket).size(), 10u) << "a code, and no data";
}

TEST(ServedItpm, AProgramFindsATpmThatTheBoardsBiosStarted) {
  ServedItpm served;
  Client program = served.connect();
  EXPECT_EQ(served.ask(program, kStartup), "00c40000000a00000026") << "started already";
}

TEST(ServedItpm, AMonitorStartsTheTpmItself) {
  ServedItpm served;
  Qemu qemu(served);
  EXPECT_EQ(qemu.ask(kInit), "00000000");
  EXPECT_EQ(qemu.tpm(kReadPcr10), "00c40000000a00000026") << "nobody has started it";
  EXPECT_EQ(qemu.tpm(kStartup), kDone);
}

TEST(ServedItpm, SaysItsMaker) {
  ServedItpm served;
  Client program = served.connect();
  EXPECT_EQ(served.ask(program, "00c1 00000016 00000065 00000005 00000004 00000103"),
            "00c4000000120000000000000004494e5443");
}

TEST(ServedItpm, TheBoardsBiosStartsItAgainWhenTheMonitorHasGone) {
  ServedItpm served;
  {
    Qemu qemu(served);
    qemu.ask(kInit);
  }
  test::run(served.loop);
  Client program = served.connect();
  EXPECT_EQ(served.ask(program, kStartup), "00c40000000a00000026");
}

TEST(ServedItpm, AMonitorsResetEndsSessionsAndPcrs) {
  ServedItpm served;
  Qemu qemu(served);
  qemu.ask(kInit);
  qemu.tpm(kStartup);
  qemu.tpm("00c1 00000022 00000014 0000000a 0101010101010101010101010101010101010101");
  const std::string extended = qemu.tpm(kReadPcr10);
  qemu.ask("0000000e");
  qemu.ask(kInit);
  qemu.tpm(kStartup);
  EXPECT_NE(qemu.tpm(kReadPcr10), extended);
}

TEST(ServedItpm, TheDynamicRootOfTrustIsHashedIntoPcr17) {
  ServedItpm served;
  Qemu qemu(served);
  qemu.ask(kInit);
  qemu.tpm(kStartup);
  EXPECT_EQ(qemu.ask("00000004"), "0000000000000000");
  EXPECT_EQ(qemu.ask("00000006"), "00000000");
  EXPECT_EQ(qemu.ask("00000007 00000003 616263"), "00000000");
  EXPECT_EQ(qemu.ask("00000008"), "00000000");
  // Reset to zeros and extended with the digest: SHA1(zeros || SHA1("abc")).
  Bytes extended(20);
  const auto digest = protocol::tpm::sha1({base::as_bytes("abc")});
  extended.insert(extended.end(), digest.begin(), digest.end());
  const auto pcr = protocol::tpm::sha1({extended});
  EXPECT_EQ(qemu.tpm(kReadPcr17), "00c40000001e00000000" + base::to_hex(pcr));
  EXPECT_EQ(qemu.ask("00000004"), "0000000001000000") << "and the host can tell that it happened";
  EXPECT_EQ(qemu.ask("0000000b 03000000"), "00000000");
  EXPECT_EQ(qemu.ask("00000004"), "0000000000000000");
}

TEST(ServedItpm, HashingBeforeStartupIsTheTpmsOwnAnswer) {
  ServedItpm served;
  Qemu qemu(served);
  qemu.ask(kInit);
  EXPECT_NE(qemu.ask("00000008"), "0000000a");
}

std::string blob_of(Qemu& qemu, const char* part) {
  const std::string answer = qemu.ask(std::string("0000000c 00000001 ") + part + " 00000000");
  EXPECT_EQ(answer.substr(0, 8), "00000000");
  return answer.substr(32);
}

std::string set_blob(Qemu& qemu, const char* part, const std::string& blob) {
  Bytes length(4);
  base::ByteWriter(length).be32(static_cast<std::uint32_t>(blob.size() / 2));
  return qemu.ask(std::string("0000000d 00000000 ") + part + base::to_hex(length) + blob);
}

// One after the other in this process: libtpms holds one TPM at a time.
TEST(ServedItpm, ItsStateCanBeCarriedToAnotherMachine) {
  std::string permanent, volatile_state, pcr;
  {
    ServedItpm first(tpm::owned());
    Qemu qemu(first);
    qemu.ask(kInit);
    qemu.tpm(kStartup);
    qemu.tpm("00c1 00000022 00000014 0000000a 0101010101010101010101010101010101010101");
    pcr = qemu.tpm(kReadPcr10);
    permanent = blob_of(qemu, "00000001");
    volatile_state = blob_of(qemu, "00000002");
    EXPECT_EQ(blob_of(qemu, "00000003"), "");
  }
  ServedItpm second;
  Qemu qemu(second);
  qemu.ask("0000000e");
  EXPECT_EQ(set_blob(qemu, "00000001", permanent), "00000000");
  EXPECT_EQ(set_blob(qemu, "00000002", volatile_state), "00000000");
  EXPECT_EQ(qemu.ask(kInit), "00000000");
  EXPECT_EQ(qemu.tpm(kReadPcr10), pcr) << "no start-up: it goes on";
  EXPECT_TRUE(second.rig.tpm.status().owned);
}

TEST(ServedItpm, ABlobThatIsNoStateIsRefused) {
  ServedItpm served;
  Qemu qemu(served);
  qemu.ask("0000000e");
  EXPECT_EQ(set_blob(qemu, "00000001", "00112233"), "00000003");
  EXPECT_EQ(set_blob(qemu, "00000003", "00112233"), "00000003");
  EXPECT_EQ(set_blob(qemu, "00000002", "00112233"), "00000000");
  EXPECT_EQ(qemu.ask(kInit), "00000009") << "a volatile state shows what it is when it is used";
}

TEST(ServedItpm, AStoredVolatileStateSurvivesStopAndInit) {
  ServedItpm served;
  Qemu qemu(served);
  qemu.ask(kInit);
  qemu.tpm(kStartup);
  qemu.tpm("00c1 00000022 00000014 0000000a 0101010101010101010101010101010101010101");
  const std::string pcr = qemu.tpm(kReadPcr10);
  EXPECT_EQ(qemu.ask("0000000a"), "00000000");
  qemu.ask("0000000e");
  qemu.ask(kInit);
  EXPECT_EQ(qemu.tpm(kReadPcr10), pcr);
}

TEST(ServedItpm, WhatAMonitorStoredGoesWithIt) {
  ServedItpm served;
  {
    Qemu qemu(served);
    qemu.ask(kInit);
    qemu.tpm(kStartup);
    EXPECT_EQ(qemu.ask("0000000a"), "00000000");
  }
  test::run(served.loop);
  Qemu next(served);
  next.ask(kInit);
  EXPECT_EQ(next.tpm(kReadPcr10), "00c40000000a00000026") << "nobody has started it";
}

// As QEMU resumes: with the flag that deletes what was stored, once it has been read. swtpm 0.7.1
// answers these commands in the same way.
TEST(ServedItpm, AVolatileStateIsResumedOnce) {
  ServedItpm served;
  Qemu qemu(served);
  qemu.ask(kInit);
  qemu.tpm(kStartup);
  qemu.tpm("00c1 00000022 00000014 0000000a 0101010101010101010101010101010101010101");
  const std::string pcr = qemu.tpm(kReadPcr10);
  for (const char* init : {"00000002 00000001", "00000002 00000000"}) {
    const std::string blob = qemu.ask("0000000c 00000000 00000002 00000000");
    qemu.ask("0000000e");
    EXPECT_EQ(qemu.ask("0000000d 00000000 00000002" + blob.substr(24)), "00000000");
    EXPECT_EQ(qemu.ask(init), "00000000");
    EXPECT_EQ(qemu.tpm(kReadPcr10), pcr) << init;
  }
  qemu.ask("0000000e");
  qemu.ask(kInit);
  EXPECT_EQ(qemu.tpm(kReadPcr10), "00c40000000a00000026") << "nobody has started it";
}

}  // namespace
}  // namespace emulator::attach::swtpm
