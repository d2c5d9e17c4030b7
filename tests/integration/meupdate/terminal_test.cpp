// SPDX-License-Identifier: BSD-3-Clause
// The program meupdate on a terminal: a secret that is typed does not show, and the terminal is as
// before however the question ended.
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <string>
#include <vector>

namespace {

constexpr const char* kQuestion = "TPM owner's passphrase";
constexpr int kPatience = 60'000;  // ms

/// meupdate with a person before it: `meupdate ARGUMENTS` on a terminal of its own.
class OnATerminal {
 public:
  explicit OnATerminal(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), MEUPDATE_PROGRAM);
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    EXPECT_EQ(::openpty(&person_, &terminal_, nullptr, nullptr, nullptr), 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::login_tty(terminal_);
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

}  // namespace
