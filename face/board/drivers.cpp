// SPDX-License-Identifier: BSD-3-Clause
#include "face/board/drivers.h"

#include "emulator/tpm/itpm.h"
#include "face/convert.h"
#include "updater/cli/board_facts.h"

namespace face {
namespace {

using mebench::Bytes;
using mebench::ByteView;
using mebench::Duration;
using mebench::MeConnection;
using mebench::Result;

class DriverConnection final : public MeConnection {
 public:
  DriverConnection(std::shared_ptr<MeDriver> driver,
                   std::unique_ptr<updater::mei::MeiTransport> transport)
      : driver_(std::move(driver)), transport_(std::move(transport)) {}

  std::uint32_t max_message_length() const override { return transport_->max_message_length(); }
  std::uint8_t protocol_version() const override { return transport_->protocol_version(); }
  Result<void> send(ByteView message, Duration limit) override {
    return shown(transport_->send(message, limit));
  }
  Result<Bytes> receive(Duration limit) override { return shown(transport_->receive(limit)); }

 private:
  std::shared_ptr<MeDriver> driver_;
  std::unique_ptr<updater::mei::MeiTransport> transport_;  ///< goes before its driver
};

Result<std::unique_ptr<MeConnection>> connection(
    const std::shared_ptr<MeDriver>& driver,
    base::Result<std::unique_ptr<updater::mei::MeiTransport>> opened) {
  if (!opened) return shown(opened.error());
  return std::unique_ptr<MeConnection>(
      std::make_unique<DriverConnection>(driver, std::move(opened).value()));
}

}  // namespace

MeDriver::MeDriver(emulator::machine::Board& board)
    : gate(board.bar0()),
      host(gate, board.clock(),
           updater::cli::board_facts([&board]() -> emulator::machine::Board& { return board; })) {}

BoardMe::BoardMe(emulator::machine::Board& board)
    : board_(board), driver_(std::make_shared<MeDriver>(board)) {}

Result<std::unique_ptr<MeConnection>> BoardMe::connect(const mebench::Guid& client) {
  return connection(driver_, driver_->host.connect({.bytes = client.bytes}));
}

Result<std::unique_ptr<MeConnection>> BoardMe::open_fixed(std::uint8_t me_addr) {
  return connection(driver_, driver_->host.open_fixed(me_addr));
}

Result<std::uint32_t> BoardMe::firmware_status() {
  return shown(driver_->host.firmware_status());
}

Result<std::uint16_t> BoardMe::pci_device_id() {
  return shown(driver_->host.pci_device_id());
}

void BoardMe::start_over() {
  driver_->gate.close();
  driver_ = std::make_shared<MeDriver>(board_);
}

BoardTpm::BoardTpm(emulator::machine::Board& board)
    : board_(board),
      tis_(board.itpm()->tis(), board.clock(), {.name = "sim:" + board.profile().name}) {}

Result<Bytes> BoardTpm::transmit(ByteView command, Duration limit) {
  if (board_.powered()) updater::cli::await_bios(board_);
  return shown(tis_.transmit(command, limit));
}

}  // namespace face
