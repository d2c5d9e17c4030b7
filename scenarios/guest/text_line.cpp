// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/guest/text_line.h"

namespace scenarios::guest {
namespace {

/// Taken in at a time.
constexpr std::size_t kPiece = 65536;

}  // namespace

void TextLine::write(std::string_view text) {
  if (peer_) peer_->write(base::as_bytes(text));
}

void TextLine::hear() {
  using Got = emulator::attach::PeerStream::Got;
  for (Got got = Got::all; peer_ && got == Got::all;) {
    base::Bytes bytes;
    got = peer_->read(bytes, kPiece);
    text_.append(bytes.begin(), bytes.end());
    if (got == Got::gone) peer_.reset();
  }
}

std::optional<std::string> TextLine::next_line() {
  const std::size_t end = text_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = text_.substr(0, end);
  text_.erase(0, end + 1);
  return line;
}

std::string TextLine::take() {
  return std::exchange(text_, {});
}

void TextLine::drop() {
  peer_.reset();
  text_.clear();
}

void TextLine::list(std::vector<pollfd>& wanted) {
  listener_.list(wanted);
  if (peer_) wanted.push_back({.fd = peer_->number(), .events = peer_->interest(), .revents = 0});
}

void TextLine::serve(std::span<const pollfd> ready) {
  if (emulator::attach::is_ready(ready, listener_.number())) {
    if (auto peer = listener_.accept()) peer_.emplace(std::move(*peer));
  }
  if (!peer_ || !emulator::attach::is_ready(ready, peer_->number())) return;
  peer_->flush();
  hear();
}

}  // namespace scenarios::guest
