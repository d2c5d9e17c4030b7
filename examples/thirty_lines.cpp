// SPDX-License-Identifier: BSD-3-Clause
// A board in thirty lines: it boots, is asked for its version as host software asks, and loses its
// power in the middle of a flash page.
#include <mebench/board.h>

#include <cstdio>

int main() {
  mebench::Board board = mebench::Board::make("esprimo-e5730").value();
  board.boot().value();
  std::printf("it runs %s\n", board.fact("version").value().c_str());

  // FWU GET_VERSION: one byte there, 01h and the version back (docs/protocols.md).
  auto update_client = board.me().connect(mebench::kUpdateClient).value();
  const mebench::Bytes get_version = {0, 0, 0, 0};
  update_client->send(get_version, std::chrono::seconds(1)).value();
  const mebench::Bytes reply = update_client->receive(std::chrono::seconds(1)).value();
  std::printf("the update client answers %zu bytes\n", reply.size());
  update_client.reset();

  const mebench::Bytes saved = board.snapshot();
  board.arm({.point = "boot", .action = "power_cut_inside"}).value();
  board.reset_me();
  board.clock().sleep(std::chrono::seconds(1));
  std::printf("after the fault it has power: %s\n", board.fact("powered").value().c_str());

  board.restore(saved).value();
  std::printf("restored, it runs %s\n", board.fact("version").value().c_str());
}
