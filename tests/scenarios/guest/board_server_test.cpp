// SPDX-License-Identifier: BSD-3-Clause
// Both ends of the line between a computer and a story's board: the plugin's, as QEMU calls it, and
// the story's.
#include "scenarios/guest/board_server.h"

#include <gtest/gtest.h>

#include <future>
#include <type_traits>

#include "emulator/attach/qemu/board_port.h"
#include "tests/scenarios/engine/load.h"

namespace scenarios::guest {
namespace {

using emulator::attach::BoardQuestion;
using emulator::attach::BoardWord;
using engine::StoryFolder;
using os::UnixListener;

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(BoardLine, HasThisForm) {
  const auto question = encode(BoardQuestion{.kind = BoardQuestion::Kind::tis_write,
                                             .width = 1,
                                             .offset = 0x4024,
                                             .value = 0xA5,
                                             .now = 0x0102030405060708});
  EXPECT_EQ(base::Bytes(question.begin(), question.end()),
            (base::Bytes{8, 1, 0, 0, 0x24, 0x40, 0, 0, 0xA5, 0, 0, 0, 8, 7, 6, 5, 4, 3, 2, 1}));
  const auto word =
      encode(BoardWord{.kind = BoardWord::Kind::message, .value = 0x4041, .number = 0xFEE00000});
  EXPECT_EQ(base::Bytes(word.begin(), word.end()),
            (base::Bytes{2, 0, 0, 0, 0x41, 0x40, 0, 0, 0, 0, 0xE0, 0xFE, 0, 0, 0, 0}));
}

/// What the computer hears from the board.
struct Computer {
  int intx = 0;
  int power_losses = 0;
};

/// The test is the story; the computer's calls, which wait for their answers, have a thread each.
class BoardServerTest : public testing::Test {
 protected:
  BoardServerTest() {
    const auto stories = folder_.load(engine::kHead + "[[step]]\nwait = \"1s\"\n");
    story_ = stories->front();
    world_.emplace(story_, folder_.path(), nullptr);
    EXPECT_TRUE(world_->begin());
    auto listener = UnixListener::open(socket_);
    server_.emplace(std::move(*listener), *world_, [this] {
      ++asked_;
      return working_;
    });
    loop_.add(*server_);
    server_->resume();
    board_ = call([this] { return made(); });
  }
  ~BoardServerTest() override { mebench_board_free(board_); }

  /// What `question` comes to, while the board is served.
  template <class Question>
  std::invoke_result_t<Question> call(Question question) {
    auto answer = std::async(std::launch::async, question);
    serve_until_there(answer);
    return answer.get();
  }
  template <class Answer>
  void serve_until_there(const std::future<Answer>& answer) {
    while (!is_there(answer)) loop_.turn();
  }
  /// Until the next question is there.
  void serve_until_asked() {
    const int before = asked_;
    while (asked_ == before) loop_.turn();
  }
  template <class Answer>
  static bool is_there(const std::future<Answer>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  std::uint32_t config(std::uint32_t offset, std::uint32_t size) {
    return call([=, this] { return mebench_board_config_read(board_, now_, offset, size); });
  }
  /// Of the board, once it knows that it is `now_`.
  base::TimePoint time() {
    config(0, 4);
    return world_->host().now();
  }
  /// A question at that time, which run() need not be: nothing may be due.
  std::uint32_t read_at(std::int64_t now) const {
    return mebench_board_config_read(board_, now, 0, 4);
  }
  /// When the computer is to ask again.
  std::int64_t run(std::int64_t now) const {
    std::int64_t next = 0;
    mebench_board_run(board_, now, &next);
    return next;
  }

  StoryFolder folder_;
  const std::string socket_ = folder_.path() + "/board";
  engine::Scenario story_;
  std::optional<engine::World> world_;
  std::optional<BoardServer> server_;
  bool working_ = true;
  int asked_ = 0;  ///< how often a question was there that might be answered
  Computer computer_;
  MebenchBoard* board_ = nullptr;
  std::int64_t now_ = 100 * kSecond;

  /// Looks up every millisecond for a question that has been answered.
  class Pace final : public emulator::attach::Pace {
   public:
    void catch_up() override {}
    std::optional<base::Duration> patience() override { return std::chrono::milliseconds(1); }
    void idle() override {}
  };
  Pace pace_;
  emulator::attach::ServingLoop loop_{pace_};

 private:
  MebenchBoard* made() {
    const MebenchBoardOptions options{.story = socket_.c_str()};
    const MebenchBoardHost host{
        .opaque = &computer_,
        .set_intx = [](void* c, int level) { static_cast<Computer*>(c)->intx = level; },
        .send_message = [](void*, std::uint64_t, std::uint32_t) {},
        .power_lost = [](void* c) { ++static_cast<Computer*>(c)->power_losses; },
        .complain = [](void*, const char*) {}};
    char* error = nullptr;
    return mebench_board_make(&options, &host, now_, &error);
  }
};

TEST_F(BoardServerTest, RegistersAreTheBoards) {
  EXPECT_EQ(config(0, 4), 0x2E148086u);
  EXPECT_EQ(config(2, 2), 0x2E14u);
  EXPECT_EQ(mebench_board_has_tpm(board_), 1);
  const auto bar = [this] { return mebench_board_bar_read(board_, now_, 4, 4); };
  EXPECT_EQ(call(bar), 0xFFFFFFFFu) << "memory space is not enabled yet";
  call([this] {
    mebench_board_config_write(board_, now_, 4, 2, 2);
    return 0;
  });
  EXPECT_EQ(call(bar), world_->machine().bar0().read32(4));
  EXPECT_EQ(call([this] { return mebench_board_tis_read(board_, now_, 0xF00, 2); }), 0x8086u);
}

TEST_F(BoardServerTest, TheBoardsTimeFollowsTheComputers) {
  const base::TimePoint begin = time();
  now_ += 5 * kSecond;
  EXPECT_EQ(time() - begin, std::chrono::seconds(5));
}

TEST_F(BoardServerTest, APlatformResetReachesTheBoardAndItsBiosTakesThreeSeconds) {
  const base::TimePoint begin = time();
  call([this] {
    mebench_board_reset(board_, now_);
    return 0;
  });
  EXPECT_EQ(world_->machine().firmware().reset_reason(), protocol::fwu::ResetReason::system_reset);
  EXPECT_EQ(time() - begin, std::chrono::seconds(3));
}

TEST_F(BoardServerTest, AQuestionWaitsWhileTheGuestStandsStillAndItsTimeGoesOnFromTheBoards) {
  const base::TimePoint begin = time();
  working_ = false;
  auto answer = std::async(std::launch::async, [this] { return read_at(now_ + 50 * kSecond); });
  serve_until_asked();
  EXPECT_FALSE(is_there(answer));
  world_->host().sleep(std::chrono::seconds(2));  // a step of the story
  working_ = true;
  server_->resume();
  serve_until_there(answer);
  EXPECT_EQ(world_->host().now() - begin, std::chrono::seconds(2));
  now_ += 51 * kSecond;
  EXPECT_EQ(time() - begin, std::chrono::seconds(3));
}

TEST_F(BoardServerTest, TimeGoesNoFurtherThanTheStorySays) {
  const base::TimePoint begin = time();
  server_->stop_at(begin + std::chrono::milliseconds(250));
  config(0, 4);
  EXPECT_LE(call([this] { return run(now_); }), now_ + kSecond / 4);
  now_ += 10 * kSecond;
  EXPECT_EQ(time() - begin, std::chrono::milliseconds(250));
}

TEST_F(BoardServerTest, AComputerWhoseBoardLosesItsPowerHearsNothingMore) {
  world_->machine().power_cut();
  auto answer = std::async(std::launch::async, [this] { return read_at(now_ + kSecond); });
  serve_until_asked();
  EXPECT_FALSE(is_there(answer));
  server_->drop();
  answer.wait();
  EXPECT_EQ(computer_.power_losses, 1);
}

TEST_F(BoardServerTest, AStoryThatEndsEndsTheComputer) {
  EXPECT_GE(mebench_board_wakes(board_), 0);
  server_->drop();
  EXPECT_EQ(config(0, 4), 0xFFFFFFFFu);
  EXPECT_EQ(computer_.power_losses, 1);
  EXPECT_EQ(mebench_board_wakes(board_), -1);
}

}  // namespace
}  // namespace scenarios::guest
