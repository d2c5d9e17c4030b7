// SPDX-License-Identifier: BSD-3-Clause
// A board's lines of text (device_lines.h) at a unix socket: each peer has a conversation of its
// own, and one request is answered at a time.
#pragma once

#include <poll.h>

#include <list>
#include <string>
#include <vector>

#include "base/result.h"
#include "os/descriptor.h"
#include "os/unix_listener.h"
#include "scenarios/program/device_lines.h"

namespace scenarios::program {

class LineServer {
 public:
  /// Errors: those of UnixListener::open().
  static base::Result<LineServer> open(const std::string& path, const Devices& devices);

  /// Adds what poll() is to wait for.
  void list(std::vector<pollfd>& wanted);
  /// Takes what is ready, and answers at most one request. Whether there was one. Its answer is
  /// sent the next time: a program whose computer went down meanwhile never hears it.
  bool serve(const std::vector<pollfd>& ready);
  /// The last request that was answered, cut short where it is long; empty: there was none.
  const std::string& last_request() const { return last_request_; }

 private:
  static constexpr std::size_t kMostPeers = 16;

  struct Peer {
    Peer(os::Descriptor taken, const Devices& devices)
        : socket(std::move(taken)), conversation(devices) {}
    os::Descriptor socket;
    DeviceLines conversation;
    std::string received;
    std::string to_send;
    bool ended = false;    ///< it sends nothing more
    bool unheard = false;  ///< what it sends is thrown away: its last request had no end
  };

  LineServer(os::UnixListener listener, const Devices& devices)
      : listener_(std::move(listener)), devices_(devices) {}

  void let_in();
  void receive(Peer& peer);
  void send(Peer& peer);
  /// Whether `peer` had a whole request.
  bool answer(Peer& peer);
  void forget_the_gone();

  os::UnixListener listener_;
  Devices devices_;
  std::list<Peer> peers_;
  std::string last_request_;
};

}  // namespace scenarios::program
