// SPDX-License-Identifier: BSD-3-Clause
// A real "swtpm socket" process with a new TPM 1.2 in a folder of its own, both gone with the test.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "tests/temporary_folder.h"
#include "tests/updater/tpm/real_time.h"
#include "updater/tpm/swtpm_socket.h"

namespace test {

enum class Line { unix_socket, tcp };

class SwtpmProcess {
 public:
  explicit SwtpmProcess(Line line = Line::unix_socket);
  ~SwtpmProcess();
  SwtpmProcess(const SwtpmProcess&) = delete;
  SwtpmProcess& operator=(const SwtpmProcess&) = delete;

  /// Where its data socket is, as the transport takes it.
  const std::string& where() const { return where_; }
  /// Connects, as soon as the process listens; nothing when it never does.
  std::unique_ptr<updater::tpm::SwtpmSocket> connect(base::Clock& clock);
  /// Ends the process as a crash would.
  void kill();

 private:
  const tests::TemporaryFolder folder_;
  std::string where_;
  pid_t child_ = -1;
};

}  // namespace test
