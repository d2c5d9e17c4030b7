// SPDX-License-Identifier: BSD-3-Clause
#include "tests/integration/tpm_tools/tcsd_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace test {
namespace {

sockaddr_in local(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

/// A port that was free a moment ago.
int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = local(0);
  socklen_t size = sizeof address;
  auto* raw = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(socket, raw, size), 0);
  EXPECT_EQ(::getsockname(socket, raw, &size), 0);
  ::close(socket);
  return ntohs(address.sin_port);
}

/// tcsd of root changes to the user tss; an ordinary user's stays who it is.
void give_to_tss(const std::string& path, mode_t mode) {
  ASSERT_EQ(::chmod(path.c_str(), mode), 0);
  if (::geteuid() != 0) return;
  const passwd* tss = ::getpwnam("tss");
  ASSERT_NE(tss, nullptr) << "the package trousers makes the user tss";
  ASSERT_EQ(::chown(path.c_str(), tss->pw_uid, tss->pw_gid), 0);
}

std::string configuration_in(const std::string& folder) {
  return folder + "/tcsd.conf";
}

void write_configuration(const std::string& path, const std::string& folder, int port) {
  std::ofstream(path) << "port = " << port << "\nsystem_ps_file = " << folder << "/system.data\n";
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
}

std::vector<std::string> start_tcsd(const std::string& folder, const std::string& socket,
                                    int port) {
  const std::string configuration = configuration_in(folder);
  write_configuration(configuration, folder, port);
  give_to_tss(folder, 0700);
  give_to_tss(socket, 0600);
  return {TCSD_PROGRAM, "-f", "-e", "-c", configuration};
}

Child::Environment environment_of_tcsd(const std::string& folder, const std::string& socket) {
  return {{"TCSD_UN_SOCKET_DEVICE_PATH", socket},
          {"LD_PRELOAD", OWNED_BY_ROOT},
          {"TCSD_CONFIGURATION", configuration_in(folder)}};
}

std::string contents(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

Child::Child(const std::vector<std::string>& words, const Environment& environment,
             const std::string& output) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  child_ = ::fork();
  if (child_ != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(126);
  const int file = ::open(output.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
  ::dup2(file, 1);
  ::dup2(file, 2);
  ::dup2(::open("/dev/null", O_RDONLY), 0);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

Child::~Child() {
  if (!is_running()) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

bool Child::is_running() {
  if (child_ <= 0) return false;
  int status = 0;
  if (::waitpid(child_, &status, WNOHANG) != child_) return true;
  child_ = -1;
  status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return false;
}

TcsdProcess::TcsdProcess(std::string folder, const std::string& tpm_socket)
    : folder_(std::move(folder)),
      port_(free_port()),
      tcsd_(start_tcsd(folder_, tpm_socket, port_), environment_of_tcsd(folder_, tpm_socket),
            folder_ + "/tcsd.log") {}

bool TcsdProcess::listens() const {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = local(port_);
  const auto* raw = reinterpret_cast<const sockaddr*>(&address);
  const bool connected = ::connect(socket, raw, sizeof address) == 0;
  ::close(socket);
  return connected;
}

bool TcsdProcess::start(const std::function<void()>& meanwhile) {
  while (tcsd_.is_running()) {
    if (listens()) return true;
    meanwhile();
  }
  return false;
}

ToolRun TcsdProcess::run(std::vector<std::string> words, const std::function<void()>& meanwhile) {
  words[0] = std::string(TPM_TOOLS_FOLDER) + "/" + words[0];
  const std::string output = folder_ + "/tool.log";
  Child tool(words, {{"TSS_TCSD_HOSTNAME", "127.0.0.1"}, {"TSS_TCSD_PORT", std::to_string(port_)}},
             output);
  while (tool.is_running()) meanwhile();
  return {.status = tool.status(), .said = contents(output)};
}

std::string TcsdProcess::log() const {
  return contents(folder_ + "/tcsd.log");
}

}  // namespace test
