// SPDX-License-Identifier: BSD-3-Clause
// The TPM behind a file: the kernel's device, for which one end of a message socket stands in, and
// a stream socket.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "protocol/tpm/owner.h"
#include "tests/protocol/tpm/hex_text.h"
#include "tests/updater/tpm/real_time.h"
#include "updater/tpm/frame_file.h"
#include "updater/tpm/swtpm_socket.h"
#include "updater/tpm/tpm_chardev.h"

namespace updater::tpm {
namespace {

using base::Bytes;
using base::Errc;
using base::Result;
using protocol::tpm::hex;
using std::chrono::milliseconds;

const Bytes kAnswer = hex("00c4 0000000e 00000000 00000002");

/// A device whose other end the test holds. Its path leads nowhere: opening it anew fails by name.
struct DeviceBench {
  static constexpr milliseconds kLimit{300};

  explicit DeviceBench(int type = SOCK_SEQPACKET) {
    EXPECT_EQ(::socketpair(AF_UNIX, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
    tpm.emplace(os::Descriptor(ends[0]), "/nonexistent/tpm0", clock);
  }
  ~DeviceBench() { ::close(ends[1]); }
  void answers(const Bytes& bytes) {
    EXPECT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  Errc failure() {
    const auto answer = tpm->transmit(command, kLimit);
    EXPECT_FALSE(answer);
    return answer ? Errc::unsupported : answer.error().code;
  }

  const Bytes command = protocol::tpm::get_random_command(16);
  int ends[2] = {-1, -1};
  test::RealTime clock;
  std::optional<TpmChardev> tpm;
};

TEST(TpmChardev, WritesTheWholeCommandAtOnceAndReadsTheWholeAnswer) {
  DeviceBench bench;
  bench.answers(kAnswer);
  const auto answer = bench.tpm->transmit(bench.command, DeviceBench::kLimit);
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, kAnswer);
  Bytes seen(100);
  EXPECT_EQ(::read(bench.ends[1], seen.data(), seen.size()),
            static_cast<ssize_t>(bench.command.size()));
}

TEST(TpmChardev, GivesUpAtItsLimitAndOpensTheDeviceAnewForTheNextCommand) {
  DeviceBench bench;
  EXPECT_EQ(bench.failure(), Errc::timeout);
  EXPECT_EQ(bench.failure(), Errc::not_found) << "of the path: the old file is closed";
}

TEST(TpmChardev, RefusesAnAnswerThatIsTooShort) {
  DeviceBench bench;
  bench.answers(hex("00c4 0000000e 00000000 0000"));
  ::shutdown(bench.ends[1], SHUT_WR);
  EXPECT_EQ(bench.failure(), Errc::protocol);
}

TEST(TpmChardev, RefusesAnAnswerThatIsLongerThanItSays) {
  DeviceBench bench;
  bench.answers(hex("00c4 0000000a 00000000 00"));
  EXPECT_EQ(bench.failure(), Errc::protocol);
}

TEST(TpmChardev, RefusesAnAnswerThatAnnouncesAnImpossibleLength) {
  for (const char* frame : {"00c4 00000009 00000000", "00c4 00001001 00000000"}) {
    DeviceBench bench;
    bench.answers(hex(frame));
    EXPECT_EQ(bench.failure(), Errc::protocol) << frame;
  }
}

TEST(TpmChardev, TakesAnAnswerThatComesInPieces) {
  DeviceBench bench(SOCK_STREAM);
  bench.answers({kAnswer.begin(), kAnswer.begin() + 4});
  bench.answers({kAnswer.begin() + 4, kAnswer.end()});
  const auto answer = bench.tpm->transmit(bench.command, DeviceBench::kLimit);
  ASSERT_TRUE(answer);
  EXPECT_EQ(*answer, kAnswer);
}

TEST(TpmChardev, TellsThatTheDriverHasNothing) {
  DeviceBench bench;
  ::shutdown(bench.ends[1], SHUT_WR);
  EXPECT_EQ(bench.failure(), Errc::disconnected);
}

TEST(TpmChardev, AMissingDeviceIsNotFoundAndSaysWhatToDo) {
  test::RealTime clock;
  const auto tpm = TpmChardev::open("/nonexistent/tpm0", clock);
  ASSERT_FALSE(tpm);
  EXPECT_EQ(tpm.error().code, Errc::not_found);
  EXPECT_NE(tpm.error().doing.find("BIOS"), std::string::npos);
}

TEST(TpmChardev, TheDriversNumbersBecomeKindsWithANextStep) {
  const std::pair<int, Errc> rows[] = {{ENOENT, Errc::not_found},    {EACCES, Errc::permission},
                                       {EBUSY, Errc::busy},          {E2BIG, Errc::invalid},
                                       {ENODEV, Errc::disconnected}, {ETIME, Errc::timeout}};
  for (const auto& [number, code] : rows) {
    const base::Error error = file_error("opening /dev/tpm0", number);
    EXPECT_EQ(error.code, code) << number;
    EXPECT_EQ(error.status, static_cast<std::uint32_t>(number));
    EXPECT_NE(error.doing.find(" - "), std::string::npos) << number << " has no advice";
  }
}

TEST(SwtpmSocket, UnderstandsPathsAndNumericAddresses) {
  EXPECT_EQ(parse_socket_address("/run/tpm.sock")->path, "/run/tpm.sock");
  EXPECT_EQ(parse_socket_address("127.0.0.1:2321")->port, 2321);
  EXPECT_EQ(parse_socket_address("[::1]:2321")->host, "::1");
  EXPECT_EQ(parse_socket_address("localhost:1")->host, "127.0.0.1");
}

TEST(SwtpmSocket, RefusesWhatIsNoAddress) {
  const std::string too_long = "/" + std::string(200, 'x');
  for (const std::string& text :
       {std::string(), std::string("tpm"), std::string("127.0.0.1:"), std::string("127.0.0.1:0"),
        std::string("127.0.0.1:65536"), std::string("example.org:2321"), too_long}) {
    EXPECT_FALSE(parse_socket_address(text)) << text;
  }
}

TEST(SwtpmSocket, SaysThatNobodyServesATpmThere) {
  test::RealTime clock;
  const auto tpm = SwtpmSocket::open("/nonexistent/tpm.sock", clock);
  ASSERT_FALSE(tpm);
  EXPECT_EQ(tpm.error().code, Errc::not_found);
  EXPECT_NE(tpm.error().doing.find("No such file or directory - nobody serves a TPM there"),
            std::string::npos)
      << tpm.error().doing;
}

}  // namespace
}  // namespace updater::tpm
