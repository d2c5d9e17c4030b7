// SPDX-License-Identifier: BSD-3-Clause
// The control channel byte by byte: every command, in every phase of the TPM, whole, in halves, and
// from peers that die. Expected bytes are those of swtpm 0.7.1 and of QEMU's back end.
#include <fcntl.h>
#include <sys/stat.h>

#include "tests/emulator/attach/swtpm/served.h"
#include "tests/temporary_folder.h"

namespace emulator::attach::swtpm {
namespace {

class Control : public Served {
 protected:
  std::string ask(const char* hex, const std::vector<int>& files = {}) {
    return Served::ask(monitor, hex, files);
  }
  void initialise() { EXPECT_EQ(ask("00000002 00000000"), "00000000"); }

  Client monitor = connect();
};

struct Exchange {
  const char* name;
  const char* request;
  const char* fresh;    ///< the answer before INIT
  const char* running;  ///< after it
};

void PrintTo(const Exchange& exchange, std::ostream* out) {
  *out << exchange.name;
}

constexpr Exchange kExchanges[] = {
    {"GetCapability", "00000001", "0000000000007fff", "0000000000007fff"},
    {"Init", "00000002 00000000", "00000000", "00000000"},
    {"Shutdown", "00000003", "00000000", "00000000"},
    {"GetTpmEstablished", "00000004", "0000000000000000", "0000000000000000"},
    {"SetLocality", "00000005 03000000", "00000000", "00000000"},
    {"SetLocalityThatIsNone", "00000005 05000000", "0000003d", "0000003d"},
    {"HashStart", "00000006", "00000000", "00000000"},
    {"HashData", "00000007 00000003 616263", "00000000", "00000000"},
    {"HashDataOfNothing", "00000007 00000000", "00000000", "00000000"},
    {"HashEnd", "00000008", "00000000", "00000000"},
    {"Cancel", "00000009", "00000000", "00000000"},
    {"StoreVolatile", "0000000a", "0000000a", "00000000"},
    {"ResetTpmEstablished", "0000000b 03000000", "00000000", "00000000"},
    {"ResetTpmEstablishedAtNoLocality", "0000000b 07000000", "0000003d", "0000003d"},
    {"GetPermanentState", "0000000c 00000001 00000001 00000000",
     "00000000 00000000 00000003 00000003 010203", "00000000 00000000 00000003 00000003 010203"},
    {"GetTheRestOfAState", "0000000c 00000001 00000002 00000001",
     "00000000 00000000 00000001 00000001 05", "00000000 00000000 00000001 00000001 05"},
    {"GetAnEmptyState", "0000000c 00000001 00000003 00000000",
     "00000000 00000000 00000000 00000000", "00000000 00000000 00000000 00000000"},
    {"GetAStateBeyondItsEnd", "0000000c 00000001 00000002 00000003",
     "00000000 00000000 00000000 00000000", "00000000 00000000 00000000 00000000"},
    {"GetAStateThatIsNone", "0000000c 00000001 00000004 00000000",
     "00000003 00000000 00000000 00000000", "00000003 00000000 00000000 00000000"},
    {"SetStateUnstopped", "0000000d 00000000 00000002 00000001 77", "0000000a", "0000000a"},
    {"SetAnEncryptedState", "0000000d 00000002 00000001 00000001 77", "00000003", "00000003"},
    {"SetAStateThatIsNone", "0000000d 00000000 00000000 00000001 77", "00000003", "00000003"},
    {"Stop", "0000000e", "00000000", "00000000"},
    {"GetConfig", "0000000f", "0000000000000000", "0000000000000000"},
    {"SetDataFdWithoutAFile", "00000010", "00000003", "00000003"},
    {"AskBufferSize", "00000011 00000000", "00000000 00001000 00000c00 00001000",
     "00000000 00001000 00000c00 00001000"},
    {"SetBufferSize", "00000011 00000d00", "0000000a", "0000000a"},
    {"GetInfo", "00000012 0000000000000001 00000000 00000000",
     "00000000 00000008 00000008 7b2273223a317d00", "00000000 00000008 00000008 7b2273223a317d00"},
    {"GetOtherInfo", "00000012 0000000000000002 00000000 00000000",
     "00000000 00000008 00000008 7b2261223a327d00", "00000000 00000008 00000008 7b2261223a327d00"},
    {"GetAllInfo", "00000012 ffffffffffffffff 00000000 00000000",
     "00000000 0000000e 0000000e 7b2273223a312c2261223a327d00",
     "00000000 0000000e 0000000e 7b2273223a312c2261223a327d00"},
    {"GetInfoThatIsNone", "00000012 ffffffff00000004 00000000 00000000",
     "00000000 00000003 00000003 7b7d00", "00000000 00000003 00000003 7b7d00"},
    {"GetTheRestOfTheInfo", "00000012 0000000000000001 00000006 00000000",
     "00000000 00000008 00000002 7d00", "00000000 00000008 00000002 7d00"},
    {"GetInfoAtItsEnd", "00000012 0000000000000001 00000007 00000000", "00000003", "00000003"},
    {"GetInfoBeyondItsEnd", "00000012 0000000000000001 ffffffff 00000000", "00000003", "00000003"},
    {"NoCommand", "00000000", "0000000a", "0000000a"},
    {"LockStorage", "00000013", "0000000a", "0000000a"},
    {"UnknownCommand", "0000ffff", "0000000a", "0000000a"},
};

std::string without_blanks(const char* text) {
  return base::to_hex(*base::from_hex(text));
}

class EveryCommand : public Control, public testing::WithParamInterface<Exchange> {};

TEST_P(EveryCommand, IsAnsweredBeforeInit) {
  EXPECT_EQ(ask(GetParam().request), without_blanks(GetParam().fresh));
}

TEST_P(EveryCommand, IsAnsweredAfterInit) {
  initialise();
  EXPECT_EQ(ask(GetParam().request), without_blanks(GetParam().running));
}

TEST_P(EveryCommand, IsAnsweredTheSameWhenItComesInTwoHalves) {
  const Bytes request = *base::from_hex(GetParam().request);
  for (std::size_t cut = 1; cut < request.size(); ++cut) {
    SCOPED_TRACE(cut);
    Client halves = connect();
    monitor.leave();
    test::run(loop);
    halves.send(ByteView(request).first(cut));
    test::run(loop);
    std::string answer = halves.receive_hex();
    halves.send(ByteView(request).subspan(cut));
    test::run(loop);
    answer += halves.receive_hex();
    EXPECT_EQ(answer, without_blanks(GetParam().fresh));
    EXPECT_EQ(Served::ask(halves, "00000001"), "0000000000007fff") << "the next one is understood";
    monitor = std::move(halves);
  }
}

TEST_P(EveryCommand, APeerThatDiesInsideItIsForgotten) {
  const Bytes request = *base::from_hex(GetParam().request);
  for (std::size_t cut = 0; cut <= request.size(); ++cut) {
    SCOPED_TRACE(cut);
    monitor.leave();
    Client dying = connect();
    if (cut != 0) dying.send(ByteView(request).first(cut));
    test::run(loop);
    dying.leave();
    test::run(loop);
    monitor = connect();
    EXPECT_EQ(ask("0000000a"), "0000000a") << "a new peer finds a TPM nobody has initialised";
  }
}

INSTANTIATE_TEST_SUITE_P(Swtpm, EveryCommand, testing::ValuesIn(kExchanges),
                         [](const auto& row) { return row.param.name; });

TEST_F(Control, SeveralCommandsInOnePieceAreAnsweredInOrder) {
  EXPECT_EQ(ask("00000001 0000000f 00000002 00000000 00000004"),
            "0000000000007fff"
            "0000000000000000"
            "00000000"
            "0000000000000000");
}

TEST_F(Control, ALocalityMayComeWithoutItsPaddingAsSwtpmIoctlSendsIt) {
  EXPECT_EQ(ask("00000005 02"), "00000000");
  EXPECT_EQ(ask("0000000f"), "0000000000000000");
}

TEST_F(Control, InitIsTheSameWhateverItsFlag) {
  EXPECT_EQ(ask("00000002 00000000"), "00000000");
  EXPECT_EQ(ask("00000002 00000001"), "00000000");
  EXPECT_EQ(tpm.calls, "init init ");
}

TEST_F(Control, AnInitThatFailsLeavesTheTpmStopped) {
  tpm.init_result = ReturnCode::fail;
  EXPECT_EQ(ask("00000002 00000000"), "00000009");
  EXPECT_EQ(ask("00000004"), "0000000a");
}

TEST_F(Control, StopTakesThePowerUntilTheNextInit) {
  initialise();
  EXPECT_EQ(ask("0000000e"), "00000000");
  EXPECT_EQ(ask("00000004"), "0000000a");
  initialise();
  EXPECT_EQ(ask("00000004"), "0000000000000000");
  EXPECT_EQ(tpm.calls, "init stop init ");
}

TEST_F(Control, AMonitorThatLeavesGivesTheTpmBackToTheBoard) {
  initialise();
  monitor.leave();
  test::run(loop);
  EXPECT_EQ(tpm.calls, "init release ");
}

TEST_F(Control, AMonitorThatTouchedNothingLeavesNothingBehind) {
  ask("00000001");
  monitor.leave();
  test::run(loop);
  EXPECT_EQ(tpm.calls, "");
}

TEST_F(Control, TheEstablishmentBitIsToldAndReset) {
  initialise();
  tpm.is_established = true;
  EXPECT_EQ(ask("00000004"), "0000000001000000");
  EXPECT_EQ(ask("0000000b 04000000"), "00000000");
  EXPECT_EQ(tpm.calls, "init reset_established(4) ");
}

TEST_F(Control, AHashIsFedInPieces) {
  initialise();
  ask("00000006");
  ask("00000007 00000002 6162");
  ask("00000007 00000001 63");
  ask("00000008");
  EXPECT_EQ(tpm.calls, "init hash_start hash_data(6162) hash_data(63) hash_end ");
}

TEST_F(Control, MoreHashDataThanAMessageHoldsEndsTheConnection) {
  initialise();
  EXPECT_EQ(ask("00000007 00001001"), "00000003");
  EXPECT_TRUE(monitor.hung_up());
}

TEST_F(Control, AStateBlobWithoutMeasureEndsTheConnection) {
  EXPECT_EQ(ask("0000000d 00000000 00000001 ffffffff"), "00000003");
  EXPECT_TRUE(monitor.hung_up());
}

TEST_F(Control, TheLargestHashDataIsTaken) {
  initialise();
  Bytes message = *base::from_hex("00000007 00001000");
  message.resize(message.size() + 0x1000, 0x55);
  monitor.send(message);
  test::run(loop);
  EXPECT_EQ(monitor.receive_hex(), "00000000");
}

TEST_F(Control, AStoppedTpmTakesABufferSizeWithinItsBounds) {
  ask("0000000e");
  EXPECT_EQ(ask("00000011 00000d00"),
            "00000000"
            "00000d00"
            "00000c00"
            "00001000");
  EXPECT_EQ(ask("00000011 00000001"),
            "00000000"
            "00000c00"
            "00000c00"
            "00001000");
  EXPECT_EQ(ask("00000011 ffffffff"),
            "00000000"
            "00001000"
            "00000c00"
            "00001000");
}

TEST_F(Control, ARunningTpmKeepsItsBufferSize) {
  EXPECT_EQ(ask("00000011 00000c00"), "0000000a") << "the board's BIOS has started it";
  EXPECT_EQ(ask("00000011 00000000"),
            "00000000"
            "00001000"
            "00000c00"
            "00001000");
}

TEST_F(Control, AStoppedTpmTakesAState) {
  ask("0000000e");
  EXPECT_EQ(ask("0000000d 00000000 00000002 00000004 01020304"), "00000000");
  EXPECT_EQ(ask("0000000c 00000001 00000002 00000000"), "0000000000000000000000040000000401020304");
}

TEST_F(Control, AStateThatCannotBeReadIsAFailure) {
  tpm.unreadable = true;
  EXPECT_EQ(ask("0000000c 00000001 00000001 00000000"), "00000009000000000000000000000000");
}

TEST_F(Control, ASecondMonitorIsHungUpOn) {
  ask("00000001");
  Client second = connect();
  EXPECT_EQ(Served::ask(second, "00000001"), "");
  EXPECT_TRUE(second.hung_up());
  EXPECT_EQ(ask("00000001"), "0000000000007fff");
}

TEST_F(Control, ADataFileThatIsNoStreamSocketIsRefused) {
  const int null = ::open("/dev/null", O_RDWR);
  EXPECT_EQ(ask("00000010", {null}), "00000003");
  ::close(null);
}

TEST_F(Control, TwoDataFilesAtOnceAreRefused) {
  const test::SocketPair one;
  const test::SocketPair two;
  EXPECT_EQ(ask("00000010", {one.theirs.number(), two.theirs.number()}), "00000003");
}

TEST_F(Control, AFileThatComesWithTheFirstByteBelongsToTheCommand) {
  test::SocketPair data;
  monitor.send("00", {data.theirs.number()});
  test::run(loop);
  monitor.send("000010");
  test::run(loop);
  EXPECT_EQ(monitor.receive_hex(), "00000000");
}

TEST_F(Control, AMonitorThatDiesWhileItHandsASocketOverLeavesNone) {
  ask("00000001");
  const Bytes message = *base::from_hex("00000010");
  const auto files = test::open_files();
  for (std::size_t cut = 1; cut <= message.size(); ++cut) {
    SCOPED_TRACE(cut);
    const test::SocketPair data;
    monitor.send(ByteView(message).first(cut), {data.theirs.number()});
    test::run(loop);
    EXPECT_EQ(test::open_files(), files + 3) << "the pair, and the server's copy";
    monitor.leave();
    test::run(loop);
    EXPECT_EQ(test::open_files(), files) << "the pair alone, and neither end of the monitor's line";
    monitor = connect();
    test::run(loop);
    EXPECT_EQ(ask("00000001"), "0000000000007fff");
  }
}

TEST_F(Control, OneMonitorDoesNotHoldTheLoop) {
  Bytes many;
  for (int i = 0; i < 1000; ++i) many.insert(many.end(), {0, 0, 0, 1});
  monitor.send(many);
  loop.turn();
  const std::size_t answered = monitor.receive().size() / 8;
  EXPECT_GT(answered, 0u);
  EXPECT_LE(answered, static_cast<std::size_t>(kMessagesATurn));
}

TEST_F(Control, AFileNobodyAskedForIsClosed) {
  test::SocketPair data;
  ask("00000001", {data.theirs.number()});
  data.theirs.close();
  Client end(std::move(data.ours));
  end.receive();
  EXPECT_TRUE(end.hung_up()) << "the server holds no copy";
}

TEST_F(Control, TheSocketIsItsOwnersAlone) {
  struct stat found {};
  ASSERT_EQ(::stat(folder.file("tpm").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
}

TEST(UnixListener, ReplacesTheSocketOfAProgramThatDied) {
  tests::TemporaryFolder folder;
  {
    os::Descriptor dead(::socket(AF_UNIX, SOCK_STREAM, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, folder.file("s").c_str());
    ASSERT_EQ(::bind(dead.number(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  EXPECT_TRUE(os::UnixListener::open(folder.file("s")));
  EXPECT_FALSE(std::filesystem::exists(folder.file("s"))) << "gone with its listener";
}

TEST(UnixListener, LeavesTheSocketOfALivingProgramAlone) {
  tests::TemporaryFolder folder;
  const os::UnixListener first = test::listen_at(folder.file("s"));
  const auto second = os::UnixListener::open(folder.file("s"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, base::Errc::busy);
}

TEST(UnixListener, LeavesAFileThatIsNoSocketAlone) {
  tests::TemporaryFolder folder;
  ::close(::open(folder.file("s").c_str(), O_CREAT | O_WRONLY, 0600));
  const auto listener = os::UnixListener::open(folder.file("s"));
  ASSERT_FALSE(listener);
  EXPECT_EQ(listener.error().code, base::Errc::invalid);
  EXPECT_TRUE(std::filesystem::exists(folder.file("s")));
}

TEST(UnixListener, RefusesAPathThatDoesNotFit) {
  const auto listener = os::UnixListener::open("/tmp/" + std::string(200, 'a'));
  ASSERT_FALSE(listener);
  EXPECT_EQ(listener.error().code, base::Errc::invalid);
}

}  // namespace
}  // namespace emulator::attach::swtpm
