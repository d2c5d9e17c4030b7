// SPDX-License-Identifier: BSD-3-Clause
// The vfio-user client against servers that misbehave: what they say lies on a socketpair before it
// is asked for. Message layouts are those of QEMU's docs/interop/vfio-user.
#include "updater/mmio/vfio_user_link.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <functional>
#include <optional>

#include "tests/temporary_folder.h"
#include "updater/mmio/vfio_user_function.h"

namespace updater::mmio {
namespace {

using base::Bytes;
using base::Errc;
using protocol::vfio_user::Command;
using namespace std::chrono_literals;

constexpr base::Duration kLimit = 20ms;

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

/// Little-endian words of 32 bits.
Bytes words(std::initializer_list<std::uint32_t> all) {
  Bytes out;
  for (const std::uint32_t word : all)
    for (int i = 0; i < 4; ++i) out.push_back(static_cast<std::uint8_t>(word >> 8 * i));
  return out;
}

constexpr std::uint32_t kReply = 1;
constexpr std::uint32_t kError = 0x20;

/// u16 id, u16 command, u32 size, u32 flags, u32 errno.
Bytes header(unsigned id, unsigned command, std::size_t size, std::uint32_t flags = kReply,
             std::uint32_t error = 0) {
  return words({id | command << 16, static_cast<std::uint32_t>(size), flags, error});
}
Bytes reply(unsigned id, unsigned command, const Bytes& payload) {
  return header(id, command, 16 + payload.size()) + payload;
}

const Bytes kVersion00 = words({0});
const Bytes kGreeting = reply(1, 1, kVersion00);

/// Time passes as often as it is asked for; whoever is told may do something meanwhile.
class AskedClock final : public base::Clock {
 public:
  base::TimePoint now() const override {
    if (meanwhile) meanwhile();
    return now_ += 1ms;
  }
  void sleep(base::Duration amount) override { now_ += amount; }

  std::function<void()> meanwhile;

 private:
  mutable base::TimePoint now_{};
};

class VfioUserLinkTest : public testing::Test {
 protected:
  VfioUserLinkTest() { meet(); }

  /// A new server, and a client that has not spoken yet.
  void meet() {
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    client_.emplace(ends[0]);
    server_.emplace(ends[1]);
  }

  void say(const Bytes& bytes) {
    ASSERT_EQ(::send(server_->number(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  void hang_up() { ::shutdown(server_->number(), SHUT_WR); }
  auto opened() { return VfioUserLink::over(std::move(*client_), "s", clock_, kLimit); }
  std::unique_ptr<VfioUserLink> link() {
    say(kGreeting);
    auto made = opened();
    EXPECT_TRUE(made) << made.error().doing;
    return std::move(made).value();
  }
  /// What became of a request that `bytes` answer.
  base::Result<Bytes> answered_with(const Bytes& bytes) {
    const auto made = link();
    say(bytes);
    auto answer = made->request(Command::device_reset, {});
    if (!answer && answer.error().code != Errc::refused) {
      say(reply(3, 13, {}));  // a link that failed once fails for ever
      EXPECT_FALSE(made->request(Command::device_reset, {}));
    }
    return answer;
  }

  AskedClock clock_;
  std::optional<io::Descriptor> client_;
  std::optional<io::Descriptor> server_;
};

const std::string kAskForTheBoard = R"({"capabilities":{"mebench_board_id":true}})";

TEST_F(VfioUserLinkTest, AGreetingIsVersion00AndAsksForTheBoardAndAReplyCarriesWhatTheServerSays) {
  const auto made = link();
  say(reply(2, 13, {7, 8}));
  const auto answer = made->request(Command::device_reset, {});
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, (Bytes{7, 8}));
  Bytes asked(200);
  asked.resize(static_cast<std::size_t>(::recv(server_->number(), asked.data(), 200, 0)));
  const Bytes text(kAskForTheBoard.begin(), kAskForTheBoard.end());
  EXPECT_EQ(asked, header(1, 1, 20 + text.size() + 1, 0) + kVersion00 + text + Bytes(1) +
                       header(2, 13, 16, 0));
}

TEST_F(VfioUserLinkTest, AServerThatHangsUpOnAGreetingServesAnother) {
  hang_up();
  EXPECT_EQ(opened().error().code, Errc::busy);
}

TEST_F(VfioUserLinkTest, AServerThatHangsUpInItsGreetingSpeaksSomethingElse) {
  for (std::size_t size = 1; size < kGreeting.size(); ++size) {
    meet();
    say(Bytes(kGreeting.begin(), kGreeting.begin() + static_cast<std::ptrdiff_t>(size)));
    hang_up();
    const auto made = opened();
    ASSERT_FALSE(made) << size;
    EXPECT_EQ(made.error().code, Errc::protocol) << size;
  }
}

TEST_F(VfioUserLinkTest, AnotherVersionIsRefused) {
  say(reply(1, 1, words({1})));
  const auto made = opened();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::protocol);
}

TEST_F(VfioUserLinkTest, AGreetingWithoutAVersionIsRefused) {
  say(reply(1, 1, {0, 0, 0}));
  EXPECT_EQ(opened().error().code, Errc::protocol);
}

/// VERSION 0.0 with this text.
Bytes greeting(const std::string& text) {
  Bytes payload = kVersion00 + Bytes(text.begin(), text.end());
  payload.push_back(0);
  return reply(1, 1, payload);
}

TEST_F(VfioUserLinkTest, KeepsTheBoardThatItIsTold) {
  say(greeting(R"({"capabilities":{"mebench_board_id":"5A010203000000000000000000000000"}})"));
  const auto made = opened();
  ASSERT_TRUE(made) << made.error().doing;
  EXPECT_EQ((*made)->board_id(), (protocol::BoardId{{0x5A, 1, 2, 3}}));
}

TEST_F(VfioUserLinkTest, AServerThatTellsNoBoardOrNonsenseIsDrivenAllTheSame) {
  for (const char* text :
       {"", "{}", "[]", "{", R"({"capabilities":7})", R"({"capabilities":{"max_msg_fds":1}})",
        R"({"mebench_board_id":"5A010203000000000000000000000000"})",
        R"({"capabilities":{"mebench_board_id":7}})",
        R"({"capabilities":{"mebench_board_id":"5A01"}})",
        R"({"capabilities":{"mebench_board_id":"5A0102030000000000000000000000zz"}})",
        R"({"capabilities":{"mebench_board_id":"5A 1020300000000000000000000000 "}})"}) {
    meet();
    say(greeting(text));
    const auto made = opened();
    ASSERT_TRUE(made) << text;
    EXPECT_FALSE((*made)->board_id()) << text;
  }
}

TEST_F(VfioUserLinkTest, AServerThatDiesInsideAReplyIsDisconnected) {
  const Bytes whole = reply(2, 13, {1, 2, 3});
  const auto made = link();
  say(Bytes(whole.begin(), whole.end() - 1));
  hang_up();
  EXPECT_EQ(made->request(Command::device_reset, {}).error().code, Errc::disconnected);
}

TEST_F(VfioUserLinkTest, AServerThatHasDiedIsDisconnected) {
  const auto made = link();
  server_.reset();
  EXPECT_EQ(made->request(Command::device_reset, {}).error().code, Errc::disconnected);
}

TEST_F(VfioUserLinkTest, ASilentServerIsGivenUp) {
  EXPECT_EQ(answered_with({}).error().code, Errc::timeout);
}

TEST_F(VfioUserLinkTest, AServerThatStopsAfterHalfAReplyIsGivenUp) {
  EXPECT_EQ(answered_with(header(2, 13, 4096) + Bytes(100)).error().code, Errc::timeout);
}

/// One byte whenever the client asks for the time: each wait is short, all of them are not.
TEST_F(VfioUserLinkTest, AServerThatDripsIsGivenUpAtTheSameMoment) {
  const auto made = link();
  std::size_t sent = 0;
  const Bytes endless = header(2, 13, 8192) + Bytes(8192);
  clock_.meanwhile = [&] {
    if (::send(server_->number(), &endless[sent], 1, 0) == 1) ++sent;
  };
  EXPECT_EQ(made->request(Command::device_reset, {}).error().code, Errc::timeout);
  EXPECT_LE(sent, 30u);
}

TEST_F(VfioUserLinkTest, AServerThatReadsNothingIsGivenUp) {
  const auto made = link();
  const Bytes big(4096);
  base::Result<void> posted;
  for (int i = 0; i < 10'000 && posted; ++i) posted = made->post(Command::region_write, big);
  ASSERT_FALSE(posted);
  EXPECT_EQ(posted.error().code, Errc::timeout);
}

TEST_F(VfioUserLinkTest, ARefusalTellsTheErrnoAndTheLinkGoesOn) {
  const auto made = link();
  say(header(2, 13, 16, kReply | kError, EINVAL) + reply(3, 13, {9}));
  const auto refused = made->request(Command::device_reset, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::refused);
  EXPECT_EQ(refused.error().status, static_cast<std::uint32_t>(EINVAL));
  EXPECT_EQ(made->request(Command::device_reset, {}).value(), Bytes{9});
}

TEST_F(VfioUserLinkTest, AReplyToAnotherRequestIsNone) {
  EXPECT_EQ(answered_with(reply(3, 13, {})).error().code, Errc::protocol);
}
TEST_F(VfioUserLinkTest, AReplyToAnotherCommandIsNone) {
  EXPECT_EQ(answered_with(reply(2, 9, {})).error().code, Errc::protocol);
}
TEST_F(VfioUserLinkTest, ARequestIsNoReply) {
  EXPECT_EQ(answered_with(header(2, 13, 16, 0)).error().code, Errc::protocol);
}
TEST_F(VfioUserLinkTest, ASizeBelowAHeaderIsRefused) {
  for (const std::size_t size : {0u, 1u, 15u}) {
    meet();
    EXPECT_EQ(answered_with(header(2, 13, size)).error().code, Errc::protocol) << size;
  }
}
TEST_F(VfioUserLinkTest, ASizeBeyondAnyReplyIsRefusedBeforeItsBytes) {
  EXPECT_EQ(answered_with(header(2, 13, 8193)).error().code, Errc::protocol);
}
TEST_F(VfioUserLinkTest, TheLargestSizeIsRefusedBeforeItsBytes) {
  EXPECT_EQ(answered_with(header(2, 13, 0xFFFFFFFF)).error().code, Errc::protocol);
}

/// The function on top of it: what it learns must be what a HECI function has.
class VfioUserFunctionTest : public VfioUserLinkTest {
 protected:
  /// u32 argsz, flags (3: read, write), index, cap_offset, u64 size, offset.
  static Bytes region(std::uint32_t index, std::uint32_t size, std::uint32_t flags = 3) {
    return words({32, flags, index, 0, size, 0, 0, 0});
  }
  /// u64 offset, u32 region, u32 count; then the data.
  static Bytes access(std::uint32_t offset, std::uint32_t index, std::uint32_t count) {
    return words({offset, 0, index, count});
  }
  /// Replies up to the enabled memory space, ids 2 to 5.
  static Bytes start() {
    return reply(2, 5, region(0, 16)) + reply(3, 5, region(7, 256)) +
           reply(4, 9, access(4, 7, 2) + Bytes{0, 0}) + reply(5, 10, access(4, 7, 2));
  }
  base::Result<std::unique_ptr<VfioUserFunction>> function_after(const Bytes& said) {
    auto made = link();
    say(said);
    return VfioUserFunction::over(std::move(made));
  }
};

TEST_F(VfioUserFunctionTest, ReadsARegister) {
  const auto function = function_after(start());
  ASSERT_TRUE(function) << function.error().doing;
  say(reply(6, 9, access(4, 0, 4) + Bytes{0x78, 0x56, 0x34, 0x12}));
  EXPECT_EQ((*function)->read32(4), 0x12345678u);
}
TEST_F(VfioUserFunctionTest, ABarThatIsTooSmallIsNotAHecis) {
  EXPECT_EQ(function_after(reply(2, 5, region(0, 8))).error().code, Errc::unsupported);
}
TEST_F(VfioUserFunctionTest, ABarThatCannotBeWrittenIsNotAHecis) {
  EXPECT_EQ(function_after(reply(2, 5, region(0, 16, 1))).error().code, Errc::unsupported);
}
TEST_F(VfioUserFunctionTest, ARegionsReplyThatEndsInsideIsNotAHecis) {
  Bytes half = region(0, 16);
  half.resize(31);
  EXPECT_EQ(function_after(reply(2, 5, half)).error().code, Errc::unsupported);
}
TEST_F(VfioUserFunctionTest, ALostConnectionReadsAllOnes) {
  const auto function = function_after(start());
  ASSERT_TRUE(function);
  server_.reset();
  EXPECT_EQ((*function)->read32(4), 0xFFFFFFFFu);
  (*function)->write32(4, 0);
  EXPECT_EQ((*function)->config16(0).error().code, Errc::disconnected);
}
TEST_F(VfioUserFunctionTest, MoreOrLessDataThanAskedForIsRefused) {
  for (const std::size_t size : {0u, 1u, 2u, 3u, 5u, 8u}) {
    meet();
    const auto function = function_after(start());
    ASSERT_TRUE(function);
    say(reply(6, 9, access(0, 7, 4) + Bytes(size)));
    EXPECT_EQ((*function)->config32(0).error().code, Errc::protocol) << size;
  }
}

/// Any byte of all that a server says, damaged: an error or an odd value, and always an end.
TEST_F(VfioUserFunctionTest, SurvivesADamagedByteAnywhere) {
  const Bytes sound = kGreeting + start() + reply(6, 9, access(4, 0, 4) + Bytes(4));
  for (std::size_t at = 0; at < sound.size(); ++at) {
    meet();
    Bytes damaged = sound;
    damaged[at] ^= 0xFF;
    say(damaged);
    hang_up();
    auto made = opened();
    if (!made) continue;
    const auto function = VfioUserFunction::over(std::move(made).value());
    if (function) (void)(*function)->read32(4);
  }
}

/// A server whose queue of callers is full does not keep this one waiting.
TEST(VfioUserLink, AServerThatAcceptsNobodyIsBusy) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.file("s");
  const io::Descriptor listener(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(listener.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
            0);
  ASSERT_EQ(::listen(listener.number(), 0), 0);
  const io::Descriptor first(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ASSERT_EQ(::connect(first.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address),
            0);
  AskedClock clock;
  const auto second = VfioUserLink::open(path, clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
}

}  // namespace
}  // namespace updater::mmio
