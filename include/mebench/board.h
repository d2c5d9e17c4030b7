// SPDX-License-Identifier: BSD-3-Clause
// A simulated board with its Management Engine and, where it has one, the TPM inside: made from a
// machine's name, run by its own clock, driven like hardware.
//
// Threads: a board, and everything that it gave, belongs to one thread at a time. The TPM of all
// boards of a process is one libtpms, which is not thread-safe: boards with a TPM, even different
// ones, must not run at the same time in two threads; one after the other they may, and each swap
// costs time (bench/README.md, "Two boards"). While a TPM works on a command, the process's OpenSSL
// draws from that board's seed: no other thread may take random numbers from it then. For boards
// side by side, or beside cryptography, take a process each. Nothing here makes a thread or a
// process, writes a file, or reads the host's time.
#pragma once

#include <mebench/bytes.h>
#include <mebench/clock.h>
#include <mebench/export.h>
#include <mebench/firmware_version.h>
#include <mebench/host.h>
#include <mebench/me_client.h>
#include <mebench/result.h>
#include <mebench/version.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mebench {

/// One value of a machine's profile, in TOML's words: {"tpm.fitted", "false"} (docs/machines.md).
struct Setting {
  std::string key;
  std::string value;
};

struct BoardOptions {
  std::vector<Setting> set;
  /// Of everything random. One seed, one history.
  std::uint64_t seed = 1;
  /// The flash as it was left, e.g. by flash(); nothing: fresh from the factory.
  std::optional<Bytes> flash;
};

/// What goes wrong, in the words of a story's [fault] table (docs/scenarios.md).
struct Fault {
  std::string point;             ///< "flash_program", "fwu_data", "host_message", ...
  std::string action;            ///< "power_cut_inside", "fail", "ignore", "delay", ...
  std::uint32_t occurrence = 1;  ///< counted from now on, from 1
  std::uint32_t repeat = 1;      ///< on so many in a row
  Duration delay{};              ///< action "delay" only, and more than 0 there
  std::uint32_t status = 0;      ///< "fail" of an "fwu_..." only: its number; 0: 8707
  std::uint32_t chance = 100;    ///< in a hundred, at each of those; the board's seed decides
};

/// Something about the board that no host could see, as text: {"boot", "...", "operational"}.
struct Fact {
  std::string name;
  std::string meaning;
  std::string value;
};

/// Something that happened. `data` is good during the call only.
struct TraceEvent {
  TimePoint at{};
  std::string_view kind;  ///< "message_to_me", "flash_erase", "power", ... (docs/mesim.md)
  std::string_view text;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  ByteView data;
};

class MEBENCH_API Board {
 public:
  /// Every machine that comes along, sorted: "esprimo-e5730", ...
  static std::vector<std::string> machines();

  /// A board without power. `machine` is a name, or the path of a profile (holds '/' or ends
  /// in .toml). Errors: not_found (lists the known names), invalid (the place and what would
  /// be right).
  static Result<Board> make(std::string_view machine, BoardOptions options = {});
  ~Board();
  Board(Board&&) noexcept;
  Board& operator=(Board&&) noexcept;

  // Power.
  void power_on();
  void power_cut();  ///< a flash operation in progress is torn
  void reset_platform();
  void reset_me();  ///< the host stays up
  bool powered() const;
  /// Applies power where there is none, and runs the board until its firmware and its BIOS are
  /// done. Errors: timeout (not within `limit` of simulated time).
  Result<void> boot(Duration limit = std::chrono::minutes(1));
  Clock& clock();

  // As host software sees it, with mebench's own drivers in between.
  /// For an Updater of <mebench/updater.h>; the drivers of me() and tpm().
  Host host();
  MeDevice& me();
  /// Null on a board without a TPM. Waits for the BIOS with its first command.
  TpmTransport* tpm();

  // As hardware: for drivers of your own. Not beside me() and tpm(), which drive the same.
  /// The HECI registers, offsets from BAR0 (docs/protocols.md). No such register reads FFFFFFFFh.
  std::uint32_t read32(std::uint32_t offset);
  void write32(std::uint32_t offset, std::uint32_t value);
  /// `size` (1, 2 or 4) bytes of the PCI function's configuration space.
  std::uint32_t config_read(std::uint32_t offset, std::uint32_t size);
  void config_write(std::uint32_t offset, std::uint32_t size, std::uint32_t value);
  /// A byte of the TPM's TIS registers, offsets from FED40000h; FFh where there is none.
  std::uint8_t tis_read8(std::uint32_t offset);
  void tis_write8(std::uint32_t offset, std::uint8_t value);

  // What goes wrong.
  /// Errors: invalid (no such word; lists the known ones, or what does not go together).
  Result<void> arm(const Fault& fault);
  void disarm_all();
  /// Faults that never struck: a test that armed one of these has proved nothing.
  std::vector<Fault> unfired() const;

  // What became of it.
  std::vector<Fact> facts();
  /// Errors: not_found (lists the known names).
  Result<std::string> fact(std::string_view name);
  /// Every event from here on; the next call takes the listener's place, an empty one takes it
  /// away. It may not call the board.
  void on_trace(std::function<void(const TraceEvent&)> listener);

  // Firmware.
  /// An update image of that version for this board, signed with its factory's key: synthetic, and
  /// only simulated boards take it. Errors: invalid.
  Result<Bytes> update_image(const FirmwareVersion& version) const;
  ByteView flash() const;  ///< good until the board runs

  // A person's part.
  /// What a person does in the BIOS's set-up: "enable", "activate", "clear", ...
  /// (docs/scenarios.md, "bios"). The board restarts for it. Errors: invalid (no such action),
  /// unsupported (no TPM).
  Result<void> bios_setup(std::span<const std::string> actions);

  // Clients of your own.
  /// The client is there whenever the operational code has booted from now on, after those that
  /// every board has, in the order of these calls. It outlives the board. Errors: invalid (a
  /// property that cannot be, or the GUID of a client that is there).
  Result<void> add_client(MeClient& client);

  /// The whole board with its clients, as bytes; and back: on a board of the same machine, settings
  /// and clients it goes on as it would have. me() and tpm() must be connected anew. Errors:
  /// invalid (another version, machine or clients; damaged), and those of MeClient::restore(): the
  /// board is as it was.
  Bytes snapshot();
  Result<void> restore(ByteView saved);

 private:
  friend struct BoardInside;
  struct Parts;
  explicit Board(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace mebench
