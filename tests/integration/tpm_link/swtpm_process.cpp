// SPDX-License-Identifier: BSD-3-Clause
#include "tests/integration/tpm_link/swtpm_process.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace test {
namespace {

using std::chrono::milliseconds;

constexpr int kConnectTries = 600;
constexpr milliseconds kConnectPause(50);

/// A port that was free a moment ago.
int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(socket, raw, size), 0);
  EXPECT_EQ(::getsockname(socket, raw, &size), 0);
  ::close(socket);
  return ntohs(address.sin_port);
}

/// The kernel ends the child with us, so that no failed test leaves one behind.
pid_t spawn(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(126);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

SwtpmProcess::SwtpmProcess(Line line) {
  std::string server;
  if (line == Line::unix_socket) {
    where_ = folder_.file("data.sock");
    server = "type=unixio,path=" + where_;
  } else {
    const std::string port = std::to_string(free_port());
    where_ = "127.0.0.1:" + port;
    server = "type=tcp,bindaddr=127.0.0.1,port=" + port;
  }
  child_ = spawn({SWTPM_PROGRAM, "socket", "--tpmstate", "dir=" + folder_.path(), "--ctrl",
                  "type=unixio,path=" + folder_.file("control.sock"), "--server", server, "--flags",
                  "not-need-init,startup-clear"});
}

std::unique_ptr<updater::tpm::SwtpmSocket> SwtpmProcess::connect(base::Clock& clock) {
  for (int i = 0; i < kConnectTries; ++i) {
    auto tpm = updater::tpm::SwtpmSocket::open(where_, clock);
    if (tpm) return std::move(*tpm);
    RealTime().sleep(kConnectPause);
  }
  ADD_FAILURE() << "swtpm does not listen at " << where_;
  return nullptr;
}

void SwtpmProcess::kill() {
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  child_ = -1;
}

SwtpmProcess::~SwtpmProcess() {
  kill();
}

}  // namespace test
