// SPDX-License-Identifier: BSD-3-Clause
// A test of one's own updater: small_update() is somebody's own code, which knows nothing but how
// to send messages. The board takes its power away inside one flash operation after the other, and
// after each the update is tried again.
#include <mebench/board.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace {

using mebench::Bytes;
using mebench::ByteView;
using mebench::Duration;

// ---- The updater under test ----

constexpr Duration kPatience = std::chrono::minutes(1);

void put32(Bytes& out, std::size_t value) {
  for (int shift = 0; shift < 32; shift += 8)
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}

/// Sends `request`; whether the reply's status, its second word, is 0.
bool succeeds(mebench::MeConnection& client, const Bytes& request) {
  if (!client.send(request, kPatience)) return false;
  const auto reply = client.receive(kPatience);
  return reply && reply->size() >= 8 &&
         std::all_of(reply->begin() + 4, reply->begin() + 8, [](auto byte) { return byte == 0; });
}

/// START, DATA until all of it is there, END (docs/protocols.md).
bool small_update(mebench::MeDevice& me, ByteView image) {
  const auto client = me.connect(mebench::kUpdateClient);
  if (!client) return false;
  Bytes start;
  put32(start, 2);
  put32(start, image.size());
  start.resize(46);
  put32(start, 1);  // in the field
  start.resize(86);
  if (!succeeds(**client, start)) return false;
  const std::size_t room = (*client)->max_message_length() - 12;
  for (std::size_t at = 0; at < image.size(); at += room) {
    const ByteView part = image.subspan(at, std::min(room, image.size() - at));
    Bytes data;
    put32(data, 4);
    put32(data, part.size());
    data.resize(11);
    data.insert(data.end(), part.begin(), part.end());
    if (!succeeds(**client, data)) return false;
  }
  Bytes end;
  put32(end, 6);
  return succeeds(**client, end);
}

// ---- Its test ----

int failures = 0;

void expect(bool good, const std::string& what) {
  if (good) return;
  std::printf("FAILED: %s\n", what.c_str());
  ++failures;
}

std::string fact(mebench::Board& board, const char* name) {
  return board.fact(name).value();
}

/// Off, on, and until the firmware is up or has given up; an update that was ended goes on
/// by itself.
void power_cycle(mebench::Board& board) {
  board.power_cut();
  board.clock().sleep(std::chrono::seconds(30));
  board.boot().value();
}

void survives_a_cut_in(std::uint32_t operation) {
  const std::string where = "power lost in flash operation " + std::to_string(operation);
  mebench::Board board =
      mebench::Board::make("esprimo-e5730",
                           {.set = {{"settings.enabled_update_interfaces", "1"},  // over HECI
                                    {"update.data_processing", "\"1ms\""}}})
          .value();
  board.boot().value();
  const Bytes image = board.update_image({5, 2, 70, 1046}).value();
  board.arm({.point = "flash_operation", .action = "power_cut_inside", .occurrence = operation})
      .value();
  (void)small_update(board.me(), image);
  board.clock().sleep(std::chrono::minutes(1));
  expect(board.unfired().empty(), where + ": the fault never struck");
  power_cycle(board);
  expect(fact(board, "boot") == "operational" || fact(board, "boot") == "recovery",
         where + ": the firmware is " + fact(board, "boot"));
  expect(small_update(board.me(), image), where + ": the second update failed");
  board.clock().sleep(std::chrono::minutes(1));
  power_cycle(board);
  expect(fact(board, "version") == "5.2.70.1046", where + ": it runs " + fact(board, "version"));
}

}  // namespace

int main() {
  int tried = 0;
  for (const std::uint32_t operation : {1u, 2u, 10u, 100u, 1000u, 5000u, 10000u}) {
    survives_a_cut_in(operation);
    ++tried;
  }
  std::printf("%d power cuts, %d failures\n", tried, failures);
  return failures == 0 ? 0 : 1;
}
