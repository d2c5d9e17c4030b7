// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/attach/swtpm/swtpm_server.h"

namespace emulator::attach::swtpm {
namespace {

using Got = PeerStream::Got;

/// Connections that may stand about without having said anything; for one more the oldest goes.
constexpr std::size_t kMaxNewcomers = 8;

/// What tells the two kinds apart: control commands begin with 0000h, frames with their tag.
constexpr std::size_t kTelling = 2;

}  // namespace

void SwtpmServer::list(std::vector<pollfd>& wanted) {
  const auto add = [&wanted](int number, short events) {
    wanted.push_back({.fd = number, .events = events, .revents = 0});
  };
  listener_.list(wanted);
  for (const Newcomer& newcomer : newcomers_) add(newcomer.stream.number(), POLLIN);
  if (control_) add(control_->stream().number(), control_->stream().interest());
  for (const auto& peer : {&monitor_data_, &direct_}) {
    if (*peer) add((*peer)->stream().number(), (*peer)->interest());
  }
}

// Those who leave go first: their places are free for those who come.
void SwtpmServer::serve(std::span<const pollfd> ready) {
  if (control_ && is_ready(ready, control_->stream().number())) serve_control();
  const auto serve_ready = [&](std::unique_ptr<DataPeer>& peer, const Access& access) {
    if (peer && is_ready(ready, peer->stream().number())) serve_data(peer, access);
  };
  serve_ready(monitor_data_, monitor_access());
  serve_ready(direct_, direct_access());
  greet(ready);
  if (is_ready(ready, listener_.number())) accept();
}

void SwtpmServer::time_passed() {
  if (monitor_data_) monitor_data_->advance(monitor_access());
  if (direct_) direct_->advance(direct_access());
}

void SwtpmServer::serve_control() {
  control_->serve();
  if (auto socket = control_->commands().take_data_socket()) {
    monitor_data_ = std::make_unique<DataPeer>(PeerStream(std::move(*socket)), tpm_, base::Bytes());
  }
  if (control_->is_done()) {
    monitor_data_.reset();
    control_.reset();
  }
  time_passed();  // a command that was cancelled is answered
}

void SwtpmServer::serve_data(std::unique_ptr<DataPeer>& peer, const Access& access) {
  peer->serve(access);
  if (peer->is_done()) peer.reset();
}

void SwtpmServer::accept() {
  while (auto socket = listener_.accept()) {
    newcomers_.push_back({.stream = PeerStream(std::move(*socket)), .beginning = {}});
    if (place(newcomers_.back())) newcomers_.pop_back();
    if (newcomers_.size() > kMaxNewcomers) newcomers_.pop_front();
  }
}

void SwtpmServer::greet(std::span<const pollfd> ready) {
  std::erase_if(newcomers_, [&](Newcomer& newcomer) {
    return is_ready(ready, newcomer.stream.number()) && place(newcomer);
  });
}

/// True when the newcomer is none any more.
bool SwtpmServer::place(Newcomer& newcomer) {
  const Got got = newcomer.stream.read(newcomer.beginning, kTelling);
  if (got != Got::all) return got == Got::gone;
  const bool controls = newcomer.beginning[0] == 0 && newcomer.beginning[1] == 0;
  if (controls && !control_) {
    control_ = std::make_unique<ControlPeer>(std::move(newcomer.stream), tpm_,
                                             std::move(newcomer.beginning));
    serve_control();
  } else if (!controls && !direct_) {
    direct_ =
        std::make_unique<DataPeer>(std::move(newcomer.stream), tpm_, std::move(newcomer.beginning));
    serve_data(direct_, direct_access());
  }
  return true;
}

/// Without anybody on the control channel the TPM is the board's, which has started it.
Access SwtpmServer::direct_access() const {
  const bool stopped = control_ && control_->commands().phase() == Phase::stopped;
  return {.running = !stopped, .locality = 0, .buffer_size = kMaxBuffer};
}

Access SwtpmServer::monitor_access() const {
  if (!control_) return {.running = false, .locality = 0, .buffer_size = kMaxBuffer};
  const ControlCommands& commands = control_->commands();
  return {.running = commands.phase() == Phase::running,
          .locality = commands.locality(),
          .buffer_size = commands.buffer_size()};
}

}  // namespace emulator::attach::swtpm
