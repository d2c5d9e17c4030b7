// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/itpm.h"
#include "protocol/tpm/frame.h"
#include "tests/fuzz/small_board.h"
#include "tests/fuzz/targets.h"

namespace fuzz {
namespace {

using emulator::tpm::Itpm;
using protocol::tpm::Ordinal;
using std::chrono::milliseconds;

/// What an attacker would try first.
constexpr Ordinal kOrdinals[] = {Ordinal::field_upgrade,    Ordinal::field_upgrade,
                                 Ordinal::field_upgrade,    Ordinal::startup,
                                 Ordinal::flush_specific,   Ordinal::owner_clear,
                                 Ordinal::force_clear,      Ordinal::get_capability_owner,
                                 Ordinal::reset_lock_value, Ordinal::tsc_physical_presence};

base::Bytes framed(base::ByteReader& in) {
  protocol::tpm::Command command;
  const std::uint8_t which = in.u8();
  command.tag = static_cast<protocol::tpm::Tag>(0xC1 + which % 3);
  const std::size_t chosen = which / 4 % (std::size(kOrdinals) + 1);
  command.ordinal =
      chosen < std::size(kOrdinals) ? kOrdinals[chosen] : static_cast<Ordinal>(in.u8());
  command.body = in.bytes(in.u16() % 1200);
  return protocol::tpm::to_bytes(command);
}

/// TPM_GetCapability for nothing in particular: any TPM answers it, if only with an error.
constexpr std::uint8_t kAnything[] = {0,    0xC1, 0, 0, 0, 0x12, 0, 0, 0,
                                      0x65, 0,    0, 0, 6, 0,    0, 0, 0};

void tell(Itpm& tpm, emulator::sim::Scheduler& clock, base::ByteReader& in) {
  const std::uint8_t choice = in.u8();
  const std::uint8_t locality = choice / 8 % 5;
  switch (choice % 8) {
    case 0:
      static_cast<void>(tpm.submit(locality, in.bytes(in.u16() % 1200)));
      return;
    case 1:
      tpm.cancel();
      return;
    case 2:
      static_cast<void>(tpm.take_response());
      return;
    case 3:
      return clock.sleep(milliseconds(in.u16()));
    default:
      static_cast<void>(tpm.submit(locality, framed(in)));
      return clock.sleep(milliseconds(choice));
  }
}

}  // namespace

void tpm(base::ByteView bytes) {
  emulator::machine::Machine& board = board_with_tpm();
  base::ByteReader in(bytes);
  while (in.remaining() > 0) tell(*board.itpm(), board.clock(), in);
  // A command that was taken ends within what the longest may take.
  board.clock().sleep(std::chrono::minutes(20));
  static_cast<void>(board.itpm()->take_response());
  promise(!board.itpm()->busy(), "every command ends");
  const auto answer = board.itpm()->transmit(0, kAnything, std::chrono::minutes(2));
  promise(answer.has_value(), "a TPM always answers");
  promise(protocol::tpm::decode_response(*answer).has_value(), "with a whole frame");
  boot_anew(board);
  promise(board.firmware().boot_path() == emulator::firmware::BootPath::operational &&
              board.firmware().running_version() == kOldVersion,
          "no command without an owner's authorisation costs the board its code");
}

}  // namespace fuzz
