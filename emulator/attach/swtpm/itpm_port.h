// SPDX-License-Identifier: BSD-3-Clause
// The board's iTPM behind the swtpm protocol.
#pragma once

#include <optional>

#include "emulator/attach/swtpm/served_tpm.h"
#include "emulator/tpm/itpm.h"
#include "protocol/board_id.h"

namespace emulator::attach::swtpm {

class ItpmPort final : public ServedTpm {
 public:
  /// `config` is what `itpm` was made from, `board` the one that it is a part of, for who asks the
  /// TPM for it.
  ItpmPort(tpm::Itpm& itpm, const tpm::TpmConfig& config,
           std::optional<protocol::BoardId> board = std::nullopt)
      : itpm_(itpm), config_(config), board_(board) {}

  ReturnCode initialise() override;
  void stop() override { cancel(); }
  void release() override;

  std::optional<Ticket> submit(std::uint8_t locality, base::ByteView command) override;
  Progress progress(Ticket ticket) override;
  base::Bytes take_response(Ticket ticket) override;
  void cancel() override;

  bool established() override { return itpm_.established(); }
  ReturnCode reset_established(std::uint8_t locality) override {
    return itpm_.reset_established(locality);
  }
  ReturnCode hash_start() override { return itpm_.hash_start(); }
  ReturnCode hash_data(base::ByteView data) override { return itpm_.hash_data(data); }
  ReturnCode hash_end() override { return itpm_.hash_end(); }

  ReturnCode store_volatile() override;
  base::Result<base::Bytes> state(StatePart part) override;
  ReturnCode set_state(StatePart part, base::ByteView state) override;
  Description description() override;

 private:
  bool asks_for_board(base::ByteView command) const;

  tpm::Itpm& itpm_;
  const tpm::TpmConfig& config_;
  std::optional<protocol::BoardId> board_;
  std::optional<Ticket> running_;
  std::optional<base::Bytes> response_;
  std::uint64_t tickets_ = 0;
  base::Bytes volatile_;  ///< for the next initialise(); empty: none
};

}  // namespace emulator::attach::swtpm
