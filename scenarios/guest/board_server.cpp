// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/board_server.h"

#include <algorithm>
#include <limits>

#include "emulator/tpm/itpm.h"

namespace scenarios::guest {
namespace {

using emulator::attach::kBiosTime;
using emulator::attach::kFloating;
using emulator::attach::PeerStream;
using emulator::sim::Level;

std::uint32_t read(base::Mmio& registers, std::uint32_t offset, std::uint32_t width) {
  return width == 4 ? registers.read32(offset) : registers.read8(offset);
}

void write(base::Mmio& registers, std::uint32_t offset, std::uint32_t value, std::uint32_t width) {
  if (width == 4) return registers.write32(offset, value);
  registers.write8(offset, static_cast<std::uint8_t>(value));
}

}  // namespace

void BoardServer::resume() {
  ahead_.reset();
  say({.kind = Word::Kind::look});
  converse();
}

void BoardServer::drop() {
  peer_.reset();
  question_.clear();
}

void BoardServer::list(std::vector<pollfd>& wanted) {
  wanted.push_back({.fd = listener_.number(), .events = POLLIN, .revents = 0});
  if (peer_) wanted.push_back({.fd = peer_->number(), .events = peer_->interest(), .revents = 0});
}

void BoardServer::serve(std::span<const pollfd> ready) {
  if (emulator::attach::is_ready(ready, listener_.number())) {
    if (auto peer = listener_.accept()) peer_.emplace(std::move(*peer));
  }
  if (!peer_ || !emulator::attach::is_ready(ready, peer_->number())) return;
  peer_->flush();
  converse();
}

void BoardServer::converse() {
  while (peer_ && may_answer_()) {
    const auto got = peer_->read(question_, Question::size);
    if (got == PeerStream::Got::gone) return drop();
    if (got == PeerStream::Got::part || !may_answer_()) return;
    const Question question = emulator::attach::decode_question(question_);
    question_.clear();
    answer(question);
  }
}

/// A computer that went down with its board gets no answer.
void BoardServer::answer(const Question& question) {
  follow(base::TimePoint(question.now));
  const std::uint32_t value = world_.host().is_up() ? act(question) : 0;
  if (!world_.host().is_up()) return;
  say({.kind = Word::Kind::answer, .value = value, .number = next_question()});
}

void BoardServer::follow(base::TimePoint now) {
  if (!ahead_) ahead_ = world_.host().now() - now;
  base::TimePoint due = now + *ahead_;
  if (stop_at_) due = std::min(due, *stop_at_);
  world_.host().sleep(std::max(due - world_.host().now(), base::Duration::zero()));
}

std::uint32_t BoardServer::act(const Question& question) {
  using Kind = Question::Kind;
  switch (question.kind) {
    case Kind::attach:
      return attach();
    case Kind::run:
      return 0;
    case Kind::reset:
      reset();
      return 0;
    case Kind::config_read:
      return machine().pci().read(question.offset, question.width);
    case Kind::config_write:
      machine().pci().write(question.offset, question.width, question.value);
      return 0;
    case Kind::bar_read:
    case Kind::tis_read: {
      base::Mmio* const registers = window(question.kind);
      return registers == nullptr ? kFloating : read(*registers, question.offset, question.width);
    }
    case Kind::bar_write:
    case Kind::tis_write:
      if (base::Mmio* const registers = window(question.kind))
        write(*registers, question.offset, question.value, question.width);
      return 0;
  }
  return kFloating;
}

/// The computer is switched on: its BIOS works before any system comes.
std::uint32_t BoardServer::attach() {
  world_.host().sleep(kBiosTime);
  ahead_.reset();
  machine().pci().connect(*this);
  return machine().itpm() == nullptr ? 0 : 1;
}

void BoardServer::reset() {
  machine().reset_platform();
  world_.host().sleep(kBiosTime);
  ahead_.reset();
}

base::Mmio* BoardServer::window(Question::Kind kind) {
  using Kind = Question::Kind;
  if (kind == Kind::bar_read || kind == Kind::bar_write) return &machine().pci().mapped_bar();
  return machine().itpm() == nullptr ? nullptr : &machine().itpm()->tis();
}

/// On the computer's clock.
std::int64_t BoardServer::next_question() const {
  constexpr auto kNever = std::numeric_limits<std::int64_t>::max();
  auto due = world_.machine().clock().next_due();
  if (stop_at_ && (!due || *stop_at_ < *due)) due = stop_at_;
  if (!due) return kNever;
  return ahead_ ? (*due - *ahead_).count() : 0;
}

void BoardServer::intx(Level level) {
  say({.kind = Word::Kind::intx, .value = level == Level::high});
}
void BoardServer::msi(std::uint64_t address, std::uint16_t data) {
  say({.kind = Word::Kind::message, .value = data, .number = static_cast<std::int64_t>(address)});
}
void BoardServer::say(const Word& word) {
  if (peer_) peer_->write(emulator::attach::encode(word));
}

}  // namespace scenarios::guest
