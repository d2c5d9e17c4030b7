// SPDX-License-Identifier: BSD-3-Clause
// The machine's TPM at one unix socket. A connection that begins with a control command is a
// control channel (QEMU's "emulator" TPM back end, swtpm_ioctl); one that begins with a TPM frame
// carries frames, as swtpm's --server socket does (meupdate, tcsd).
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "emulator/attach/serving_loop.h"
#include "emulator/attach/swtpm/control_peer.h"
#include "emulator/attach/swtpm/data_peer.h"
#include "os/unix_listener.h"

namespace emulator::attach::swtpm {

/// One control channel and one peer for frames at a time; a second of its kind is hung up on.
class SwtpmServer final : public Attachment {
 public:
  SwtpmServer(os::UnixListener listener, ServedTpm& tpm)
      : listener_(std::move(listener)), tpm_(tpm) {}

  void list(std::vector<pollfd>& wanted) override;
  void serve(std::span<const pollfd> ready) override;
  void time_passed() override;

 private:
  /// A connection that has not shown yet what it is.
  struct Newcomer {
    PeerStream stream;
    base::Bytes beginning;
  };

  void serve_control();
  static void serve_data(std::unique_ptr<DataPeer>& peer, const Access& access);
  void accept();
  void greet(std::span<const pollfd> ready);
  bool place(Newcomer& newcomer);
  Access direct_access() const;
  Access monitor_access() const;

  os::UnixListener listener_;
  ServedTpm& tpm_;
  std::list<Newcomer> newcomers_;
  std::unique_ptr<ControlPeer> control_;
  std::unique_ptr<DataPeer>
      monitor_data_;  ///< came through SET_DATAFD; ends with its control channel
  std::unique_ptr<DataPeer> direct_;
};

}  // namespace emulator::attach::swtpm
