// SPDX-License-Identifier: BSD-3-Clause
// The computer's end of the line to a story's board. The story is a thread that answers byte by
// byte, as emulator/attach/board_line.h says.
#include "emulator/attach/qemu/remote_board.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/sockios.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <csignal>
#include <functional>
#include <thread>

#include "base/hex.h"
#include "os/unix_listener.h"
#include "tests/temporary_folder.h"

namespace emulator::attach::qemu {
namespace {

using base::Bytes;

/// Notes what the line tells the computer.
struct ComputersEnd final : BoardHost {
  void set_intx(sim::Level level) override { intx.push_back(level); }
  void send_message(std::uint64_t, std::uint32_t) override {}
  void power_lost() override { ++power_losses; }
  void complain(const std::string&) override {}
  std::vector<sim::Level> intx;
  int power_losses = 0;
};

/// Kind 0 is an answer: its value, and when to ask again.
Bytes answer(const char* value) {
  return *base::from_hex("00000000 " + std::string(value) + " ffffffffffffff7f");
}

class Story {
 public:
  explicit Story(os::Descriptor line) : line_(std::move(line)) {}
  Bytes hear() {
    Bytes question(20);
    EXPECT_EQ(::recv(line_.number(), question.data(), question.size(), MSG_WAITALL), 20);
    return question;
  }
  void say(base::ByteView bytes) {
    EXPECT_EQ(::send(line_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  /// Until the computer has taken all that was said.
  void wait_until_taken() {
    for (int waiting = 1; waiting != 0; std::this_thread::yield())
      ASSERT_EQ(::ioctl(line_.number(), SIOCOUTQ, &waiting), 0);
  }

 private:
  os::Descriptor line_;
};

class RemoteBoardTest : public testing::Test {
 protected:
  ~RemoteBoardTest() override {
    board_.reset();
    if (thread_.joinable()) thread_.join();
  }
  /// The story answers the first question, that the board has a TPM, and goes on with `tell`.
  void connect(std::function<void(Story)> tell) {
    auto listener = os::UnixListener::open(socket_);
    ASSERT_TRUE(listener) << listener.error().doing;
    thread_ = std::thread([tell = std::move(tell), listener = std::move(*listener)]() mutable {
      pollfd file = {.fd = listener.number(), .events = POLLIN, .revents = 0};
      ASSERT_EQ(::poll(&file, 1, -1), 1);
      auto line = listener.accept();
      ASSERT_TRUE(line);
      ASSERT_EQ(::fcntl(line->number(), F_SETFL, 0), 0);
      Story story(std::move(*line));
      EXPECT_EQ(story.hear()[0], 0);
      story.say(answer("01000000"));
      tell(std::move(story));
    });
    auto board = RemoteBoard::connect(socket_, computer_, base::TimePoint(5));
    ASSERT_TRUE(board) << board.error().doing;
    board_ = std::move(*board);
  }

  tests::TemporaryFolder folder_;
  std::string socket_ = folder_.path() + "/story";
  ComputersEnd computer_;
  std::unique_ptr<RemoteBoard> board_;
  std::thread thread_;
};

TEST_F(RemoteBoardTest, AReadIsAQuestionAndTheInterruptBeforeItsAnswerIsHeard) {
  connect([](Story story) {
    EXPECT_EQ(base::to_hex(story.hear()),
              "05040000"
              "0c000000"
              "00000000"
              "0700000000000000");
    story.say(*base::from_hex("01000000 01000000 0000000000000000"));
    story.say(answer("78563412"));
  });
  board_->run_until(base::TimePoint(7));
  EXPECT_EQ(board_->bar().read32(0xC), 0x12345678u);
  EXPECT_EQ(computer_.intx, std::vector{sim::Level::high});
  EXPECT_NE(board_->tis(), nullptr);
}

TEST_F(RemoteBoardTest, ASignalInTheMiddleOfAnAnswerLosesNothing) {
  struct sigaction heard {};
  heard.sa_handler = [](int) {};  // and no SA_RESTART
  struct sigaction before {};
  ASSERT_EQ(::sigaction(SIGUSR1, &heard, &before), 0);
  connect([computer = ::pthread_self()](Story story) {
    (void)story.hear();
    const Bytes whole = answer("78563412");
    story.say(base::ByteView(whole).first(5));
    story.wait_until_taken();
    ::pthread_kill(computer, SIGUSR1);
    story.say(base::ByteView(whole).subspan(5));
    (void)story.hear();
    story.say(answer("01000000"));
  });
  EXPECT_EQ(board_->bar().read32(0xC), 0x12345678u);
  EXPECT_EQ(board_->bar().read32(0xC), 1u);
  EXPECT_EQ(computer_.power_losses, 0);
  ::sigaction(SIGUSR1, &before, nullptr);
}

TEST_F(RemoteBoardTest, AStoryThatEndsIsALossOfPowerToldOnce) {
  connect([](Story) {});
  thread_.join();
  EXPECT_EQ(board_->bar().read32(0xC), 0xFFFFFFFFu);
  board_->bar().write32(0x4, 1);
  EXPECT_EQ(board_->read_config(0, 4), 0xFFFFFFFFu);
  EXPECT_EQ(board_->next_event(), std::nullopt);
  EXPECT_EQ(computer_.power_losses, 1);
}

/// QEMU looks at the file until it has asked wakes() again.
TEST_F(RemoteBoardTest, TheFileOfALostLineStaysOpenUntilTheBoardGoes) {
  connect([](Story) {});
  thread_.join();
  const int file = board_->wakes();
  ASSERT_GE(file, 0);
  (void)board_->bar().read32(0xC);
  EXPECT_EQ(board_->wakes(), -1);
  EXPECT_GE(::fcntl(file, F_GETFD), 0);
  board_.reset();
  EXPECT_EQ(::fcntl(file, F_GETFD), -1);
}

TEST_F(RemoteBoardTest, AStorysBoardIsNeitherSavedNorPutBack) {
  connect([](Story) {});
  const auto saved = board_->save();
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().code, base::Errc::unsupported);
  EXPECT_EQ(board_->restore({}).error().code, base::Errc::unsupported);
}

TEST_F(RemoteBoardTest, ASocketWhereNobodyListensIsNamed) {
  const auto board = RemoteBoard::connect(socket_, computer_, {});
  ASSERT_FALSE(board);
  EXPECT_EQ(board.error().code, base::Errc::io);
  EXPECT_NE(board.error().doing.find(socket_), std::string::npos);
}

}  // namespace
}  // namespace emulator::attach::qemu
