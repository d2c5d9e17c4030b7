// SPDX-License-Identifier: BSD-3-Clause
// The program meupdate on a terminal: a secret that is typed does not show, the terminal is as
// before however the question ended, and only an answer to the question that shows is one.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <sstream>
#include <string>
#include <vector>

#include "emulator/factory/update_image.h"
#include "tests/temporary_folder.h"

namespace {

constexpr const char* kQuestion = "TPM owner's passphrase";
constexpr int kPatience = 60'000;  // ms

/// meupdate with a person before it: `meupdate ARGUMENTS` on a terminal of its own.
class OnATerminal {
 public:
  /// `errors`: the file that standard error goes to; empty: the terminal.
  explicit OnATerminal(std::vector<std::string> arguments, const std::string& errors = "") {
    arguments.insert(arguments.begin(), MEUPDATE_PROGRAM);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    EXPECT_EQ(::openpty(&person_, &terminal_, nullptr, nullptr, nullptr), 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::close(person_);
      ::login_tty(terminal_);
      if (!errors.empty()) ::dup2(::open(errors.c_str(), O_WRONLY), STDERR_FILENO);
      ::execv(words[0], words.data());
      ::_exit(127);
    }
  }
  ~OnATerminal() {
    if (child_ > 0) ::kill(child_, SIGKILL);
    ::close(terminal_);
    ::close(person_);
  }
  OnATerminal(const OnATerminal&) = delete;
  OnATerminal& operator=(const OnATerminal&) = delete;

  bool showed(const std::string& text) const { return shown.find(text) != std::string::npos; }
  /// Reads what shows until `text` is there.
  bool shows(const std::string& text) {
    while (shown.find(text) == std::string::npos) {
      if (!read_more()) return false;
    }
    return true;
  }
  void type(const std::string& text) {
    EXPECT_EQ(::write(person_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void be_wide(unsigned short columns) {
    const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
    EXPECT_EQ(::ioctl(terminal_, TIOCSWINSZ, &size), 0);
  }
  /// The terminal is closed, or the connection to it is lost.
  void hang_up() {
    ::close(terminal_);
    ::close(person_);
    terminal_ = person_ = -1;
  }
  /// Waits for its end. Gives the exit status.
  int ended() {
    int status = 0;
    while (::waitpid(child_, &status, WNOHANG) == 0) read_more(100);
    child_ = -1;
    while (read_more(100)) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }
  bool echoes() const {
    termios settings{};
    EXPECT_EQ(::tcgetattr(terminal_, &settings), 0);
    return (settings.c_lflag & ECHO) != 0;
  }

  std::string shown;

 private:
  bool read_more(int limit = kPatience) {
    pollfd ready{.fd = person_, .events = POLLIN, .revents = 0};
    char text[256];
    if (::poll(&ready, 1, limit) <= 0) return false;
    const ssize_t got = ::read(person_, text, sizeof(text));
    if (got <= 0) return false;
    shown.append(text, static_cast<std::size_t>(got));
    return true;
  }

  int person_ = -1;
  int terminal_ = -1;
  pid_t child_ = -1;
};

std::vector<std::string> check_owner() {
  return {"tpm",      "check-owner",
          "--device", "sim:esprimo-e5730-windows",
          "--set",    "tpm.state.owner_secret=passphrase"};
}

TEST(TypedSecret, DoesNotShowAndIsProven) {
  OnATerminal meupdate(check_owner());
  ASSERT_TRUE(meupdate.shows(kQuestion)) << meupdate.shown;
  EXPECT_FALSE(meupdate.echoes());
  const std::size_t before = meupdate.shown.size();
  meupdate.type("owner\n");
  EXPECT_EQ(meupdate.ended(), 0) << meupdate.shown;
  EXPECT_NE(meupdate.shown.find("Proven"), std::string::npos);
  EXPECT_EQ(meupdate.shown.substr(before).find("owner\r"), std::string::npos) << meupdate.shown;
  EXPECT_TRUE(meupdate.echoes());
}

TEST(TypedSecret, AnEmptyLineIsNone) {
  OnATerminal meupdate(check_owner());
  ASSERT_TRUE(meupdate.shows(kQuestion)) << meupdate.shown;
  meupdate.type("\n");
  EXPECT_EQ(meupdate.ended(), 24) << meupdate.shown;
}

TEST(TypedSecret, CtrlCEndsTheProgramAndLeavesATerminalThatShows) {
  OnATerminal meupdate(check_owner());
  ASSERT_TRUE(meupdate.shows(kQuestion)) << meupdate.shown;
  EXPECT_FALSE(meupdate.echoes());
  meupdate.type("own\x03");
  EXPECT_EQ(meupdate.ended(), 7) << meupdate.shown;
  EXPECT_TRUE(meupdate.echoes());
}

/// A simulated board that takes updates over HECI, kept in a folder, and an image for it.
class WriteQuestion : public testing::Test {
 protected:
  WriteQuestion() {
    const auto image =
        emulator::factory::build_update_image(
            {.version = {5, 2, 70, 1046}, .sku = 2110, .size = emulator::factory::kSmallestImage})
            .value();
    folder.write("new.bin", image);
  }

  std::vector<std::string> update() const {
    return {"update",   folder.file("new.bin"),
            "--device", "sim:esprimo-e5730",
            "--set",    "settings.enabled_update_interfaces=1",
            "--state",  folder.file("board")};
  }
  std::string info() const {
    OnATerminal meupdate({"info", "--device", "sim:esprimo-e5730", "--set",
                          "settings.enabled_update_interfaces=1", "--state", folder.file("board")});
    EXPECT_EQ(meupdate.ended(), 0) << meupdate.shown;
    return meupdate.shown;
  }

  const tests::TemporaryFolder folder;
};

constexpr const char* kWrite = "Write this firmware? [y/N] ";

TEST_F(WriteQuestion, YesWrites) {
  OnATerminal meupdate(update());
  ASSERT_TRUE(meupdate.shows(kWrite)) << meupdate.shown;
  meupdate.type("y\n");
  EXPECT_EQ(meupdate.ended(), 0) << meupdate.shown;
  EXPECT_NE(info().find("5.2.70.1046"), std::string::npos);
}

TEST_F(WriteQuestion, TheProgressFitsATerminalOfFortyColumns) {
  ::setenv("TERM", "xterm", 1);
  OnATerminal meupdate(update());
  ASSERT_TRUE(meupdate.shows(kWrite)) << meupdate.shown;
  meupdate.be_wide(40);
  const std::size_t before = meupdate.shown.size();
  meupdate.type("y\n");
  EXPECT_EQ(meupdate.ended(), 0) << meupdate.shown;
  std::istringstream drawn(meupdate.shown.substr(before));
  std::size_t seen = 0;
  for (std::string frame; std::getline(drawn, frame, '\r');) {
    if (frame.find('%') == std::string::npos) continue;
    EXPECT_LT(frame.size(), 40u) << frame;
    ++seen;
  }
  EXPECT_GT(seen, 10u);
}

TEST_F(WriteQuestion, ATerminalThatIsDumbGetsALineAPhase) {
  ::setenv("TERM", "dumb", 1);
  OnATerminal meupdate(update());
  ASSERT_TRUE(meupdate.shows(kWrite)) << meupdate.shown;
  meupdate.type("y\n");
  EXPECT_EQ(meupdate.ended(), 0) << meupdate.shown;
  EXPECT_TRUE(meupdate.showed("Transferring ...\r\n")) << meupdate.shown;
  EXPECT_FALSE(meupdate.showed("100%")) << meupdate.shown;
}

TEST_F(WriteQuestion, CtrlCWritesNothing) {
  OnATerminal meupdate(update());
  ASSERT_TRUE(meupdate.shows(kWrite)) << meupdate.shown;
  meupdate.type("y\x03");
  EXPECT_EQ(meupdate.ended(), 7) << meupdate.shown;
  EXPECT_TRUE(meupdate.showed("Nothing was written: stopped as asked.")) << meupdate.shown;
  EXPECT_TRUE(meupdate.showed(MEUPDATE_PROGRAM " update ")) << meupdate.shown;
  EXPECT_EQ(info().find("5.2.70.1046"), std::string::npos);
}

TEST_F(WriteQuestion, ATerminalThatIsClosedWritesNothingAndTheLogTells) {
  auto words = update();
  words.insert(words.end(), {"--log", folder.file("log")});
  OnATerminal meupdate(words);
  ASSERT_TRUE(meupdate.shows(kWrite)) << meupdate.shown;
  meupdate.hang_up();
  EXPECT_EQ(meupdate.ended(), 7);
  const std::string told = folder.read("log");
  EXPECT_NE(told.find("exit 7"), std::string::npos) << told;
  EXPECT_EQ(info().find("5.2.70.1046"), std::string::npos);
}

TEST_F(WriteQuestion, IsNotAnsweredByWhatWasTypedBeforeItShowed) {
  OnATerminal meupdate(update());
  meupdate.type("y\n");
  ASSERT_TRUE(meupdate.shows(kWrite)) << meupdate.shown;
  meupdate.type("\n");
  EXPECT_EQ(meupdate.ended(), 5) << meupdate.shown;
  EXPECT_TRUE(meupdate.showed("Nothing was written: not confirmed.")) << meupdate.shown;
  EXPECT_EQ(info().find("5.2.70.1046"), std::string::npos);
}

TEST_F(WriteQuestion, IsNotAskedWhereItWouldNotShow) {
  OnATerminal meupdate(update(), "/dev/null");
  ASSERT_TRUE(meupdate.shows("there is no terminal to ask on")) << meupdate.shown;
  EXPECT_EQ(meupdate.ended(), 5) << meupdate.shown;
}

}  // namespace
