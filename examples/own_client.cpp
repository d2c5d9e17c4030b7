// SPDX-License-Identifier: BSD-3-Clause
// An ME client of one's own: it counts what it was told, answers at once with the count, and ten
// simulated milliseconds later with the message turned round. What it remembers is in the board's
// snapshots.
#include <mebench/board.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace {

constexpr mebench::Guid kTurner = mebench::guid("7c0f8c1e-52a9-4b61-9d2e-0c6a4c1d9f30");
constexpr mebench::Duration kPatience = std::chrono::seconds(1);

class Turner final : public mebench::MeClient {
 public:
  mebench::MeClientProperties properties() const override {
    return {.guid = kTurner, .protocol_version = 3, .max_message_length = 64};
  }

  std::vector<mebench::Answer> on_message(mebench::Connection, mebench::ByteView message) override {
    ++heard_;
    mebench::Bytes turned(message.rbegin(), message.rend());
    return {{.message = {heard_}},
            {.message = std::move(turned), .after = std::chrono::milliseconds(10)}};
  }

  void on_stop() override { heard_ = 0; }
  mebench::Bytes save() const override { return {heard_}; }
  mebench::Result<void> restore(mebench::ByteView saved) override {
    if (saved.size() != 1) return mebench::Error{mebench::Errc::invalid, "one byte was saved"};
    heard_ = saved[0];
    return {};
  }

 private:
  std::uint8_t heard_ = 0;
};

/// What the client says to `word`: its count, and the word turned round.
void tell(mebench::Board& board, const std::string& word) {
  auto turner = board.me().connect(kTurner).value();
  turner->send({reinterpret_cast<const std::uint8_t*>(word.data()), word.size()}, kPatience)
      .value();
  const mebench::Bytes count = turner->receive(kPatience).value();
  const mebench::TimePoint asked = board.clock().now();
  const mebench::Bytes turned = turner->receive(kPatience).value();
  const bool late = board.clock().now() - asked > std::chrono::milliseconds(9);
  std::printf("message %d: \"%s\", %s\n", count.at(0),
              std::string(turned.begin(), turned.end()).c_str(), late ? "10 ms later" : "at once");
}

}  // namespace

int main() {
  Turner turner;  // outlives the board
  mebench::Board board = mebench::Board::make("desktop-q35").value();
  board.add_client(turner).value();
  board.boot().value();
  tell(board, "stressed");
  const mebench::Bytes saved = board.snapshot();
  tell(board, "drawer");
  board.restore(saved).value();
  tell(board, "pool");
  board.reset_me();
  board.boot().value();
  tell(board, "live");
}
