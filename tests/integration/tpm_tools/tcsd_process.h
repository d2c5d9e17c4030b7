// SPDX-License-Identifier: BSD-3-Clause
// A real tcsd of TrouSerS on a TPM's socket, and tpm-tools that speak to it: own port, own
// configuration, own files, all gone with the test.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// A program that was started; the kernel ends it with us.
class Child {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;
  /// Its words, both kinds, go to the file `output`.
  Child(const std::vector<std::string>& words, const Environment& environment,
        const std::string& output);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool is_running();
  /// Once it has ended: its exit status, 128 and more for a signal.
  int status() const { return status_; }

 private:
  pid_t child_ = -1;
  int status_ = 0;
};

/// What a tool came to.
struct ToolRun {
  int status = 0;
  std::string said;
};

class TcsdProcess {
 public:
  /// Runs for any user: tcsd believes that its configuration is root's (owned_by_root.c). Of root
  /// it changes to the user tss, who is given the socket.
  TcsdProcess(std::string folder, const std::string& tpm_socket);

  /// Runs a tpm-tool to its end; `meanwhile` serves the TPM and waits a little each time.
  ToolRun run(std::vector<std::string> words, const std::function<void()>& meanwhile);
  /// Serves until tcsd listens. False when it ended instead; its words are in log().
  bool start(const std::function<void()>& meanwhile);
  std::string log() const;

 private:
  bool listens() const;

  std::string folder_;
  int port_;
  Child tcsd_;
};

}  // namespace test
