// SPDX-License-Identifier: BSD-3-Clause
// The guest's agent, run by the guest's own shell, with a terminal and files in place of its lines.
#include "scenarios/guest/guest_agent.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "os/child_process.h"
#include "tests/source_dir.h"
#include "tests/temporary_folder.h"

namespace scenarios::guest {
namespace {

namespace fs = std::filesystem;
using os::Descriptor;

constexpr int kPatience = 20'000;  ///< ms

const std::string kBusybox = MEBENCH_SOURCE_DIR "/build/guest/kernel/busybox";

std::string line_from(int end) {
  std::string line;
  pollfd wanted{.fd = end, .events = POLLIN, .revents = 0};
  for (char next = 0; ::poll(&wanted, 1, kPatience) == 1 && ::read(end, &next, 1) == 1;) {
    if (next == '\n') return line;
    line += next;
  }
  return line + " (and no more)";
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
    text.replace(at, what.size(), with);
  return text;
}

/// A process that ended and was not waited for yet has sent its parent the signal.
bool has_a_living_child(const std::string& process) {
  std::ifstream children("/proc/" + process + "/task/" + process + "/children");
  for (std::string child; children >> child;) {
    std::ifstream described("/proc/" + child + "/stat");
    std::string id, name, state;
    if (described >> id >> name >> state && state != "Z") return true;
  }
  return false;
}

/// Sent, but the process has not run since.
bool awaits_a_signal(const std::string& process) {
  std::ifstream status("/proc/" + process + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("ShdPnd:") && line.find_first_of("123456789abcdef", 7) != line.npos)
      return true;
  }
  return false;
}

class GuestAgent : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(::mkfifo(gate_.c_str(), 0600), 0);
    ASSERT_EQ(::grantpt(line_.number()), 0);
    ASSERT_EQ(::unlockpt(line_.number()), 0);
    const std::string terminal = ::ptsname(line_.number());
    agents_end_ = Descriptor(::open(terminal.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC));
    termios raw{};
    ASSERT_EQ(::tcgetattr(agents_end_.number(), &raw), 0);
    ::cfmakeraw(&raw);
    ASSERT_EQ(::tcsetattr(agents_end_.number(), TCSANOW, &raw), 0);
    std::string script = replaced(std::string("echo $$\n") + kAgent, "/tmp/", folder_ + "/");
    script = replaced(script, "/dev/ttyS2", terminal);
    script = replaced(script, "/dev/ttyS", folder_ + "/tty");
    auto started = os::ChildProcess::start({kBusybox, "sh", "-c", script});
    ASSERT_TRUE(started);
    agent_ = std::move(*started);
    id_ = line_from(agent_->output().number());
    ASSERT_EQ(said(), kReady);
  }

  std::string said() const { return line_from(line_.number()); }
  void order(const std::string& text) const {
    ASSERT_EQ(::write(line_.number(), text.data(), text.size()), std::ssize(text));
  }
  /// The agent's shell reads byte by byte.
  bool has_taken_all() const {
    int left = 0;
    return ::ioctl(agents_end_.number(), FIONREAD, &left) == 0 && left == 0;
  }

  const tests::TemporaryFolder temporary_;
  const std::string folder_ = temporary_.path();
  const std::string gate_ = folder_ + "/gate";
  Descriptor line_{::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)};
  Descriptor agents_end_;
  std::unique_ptr<os::ChildProcess> agent_;
  std::string id_;
};

template <class Condition>
void wait_until(Condition condition) {
  while (!condition()) ::poll(nullptr, 0, 1);
}

TEST_F(GuestAgent, UnderstandsAnOrderOfWhichHalfHadComeWhenTheLastOneEnded) {
  order(order_to_run({"cat", gate_}));
  Descriptor gate(::open(gate_.c_str(), O_WRONLY | O_CLOEXEC));  // Until it is read.
  ASSERT_TRUE(gate.is_open());
  const std::string next = order_to_run({"sh", "-c", "exit 7"});
  order(next.substr(0, next.size() / 2));
  wait_until([this] { return has_taken_all(); });
  gate.close();
  EXPECT_EQ(said(), std::string(kEnded) + "0");
  wait_until([this] { return !has_a_living_child(id_) && !awaits_a_signal(id_); });
  order(next.substr(next.size() / 2));
  EXPECT_EQ(said(), std::string(kEnded) + "7");
}

}  // namespace
}  // namespace scenarios::guest
