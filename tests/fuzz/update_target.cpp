// SPDX-License-Identifier: BSD-3-Clause
// A whole update by the real updater, in front of an ME and a TPM that lie to it: what it reads is
// changed here and there, and the ME restarts under it. Then nobody lies any more, and the same
// command must lead home.
#include <optional>
#include <string>

#include "emulator/factory/update_image.h"
#include "emulator/tpm/itpm.h"
#include "tests/fuzz/small_board.h"
#include "tests/fuzz/targets.h"
#include "tests/temporary_folder.h"
#include "updater/cli/meupdate.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/tis_host.h"

namespace fuzz {
namespace {

using emulator::machine::Machine;
using updater::cli::Exit;

/// Which reads are changed, and how: a gap of so many reads, then one change.
class Lies {
 public:
  Lies(Machine& board, base::ByteView bytes) : board_(board), in_(bytes) { look_ahead(); }

  std::uint32_t told(std::uint32_t value) {
    if (over_ || gap_-- > 0) return value;
    const std::uint32_t lie = changed(value);
    look_ahead();
    return lie;
  }

 private:
  void look_ahead() {
    over_ = in_.remaining() < 3;
    gap_ = in_.u16();
  }
  std::uint32_t changed(std::uint32_t value) {
    switch (in_.u8() % 6) {
      case 0:
        return 0xFFFFFFFF;
      case 1:
        return in_.u32();
      case 2:
        return value ^ 1u << in_.u8() % 32;
      case 3:
        return 0;
      case 4:
        board_.reset_me();
        return value;
      default:
        board_.clock().sleep(std::chrono::milliseconds(in_.u16()));
        return value;
    }
  }

  Machine& board_;
  base::ByteReader in_;
  std::uint32_t gap_ = 0;
  bool over_ = false;
};

class LyingRegisters final : public base::Mmio {
 public:
  LyingRegisters(base::Mmio& registers, Lies& lies) : registers_(registers), lies_(lies) {}
  std::uint32_t read32(std::uint32_t offset) override {
    return lies_.told(registers_.read32(offset));
  }
  void write32(std::uint32_t offset, std::uint32_t value) override {
    registers_.write32(offset, value);
  }
  std::uint8_t read8(std::uint32_t offset) override {
    return static_cast<std::uint8_t>(lies_.told(registers_.read8(offset)));
  }
  void write8(std::uint32_t offset, std::uint8_t value) override {
    registers_.write8(offset, value);
  }

 private:
  base::Mmio& registers_;
  Lies& lies_;
};

class Screen final : public updater::cli::Console {
 public:
  void out(std::string_view text) override { shown += text; }
  void err(std::string_view text) override { shown += text; }
  bool interactive() const override { return false; }
  bool confirm(std::string_view) override { return false; }
  bool stop_requested() const override { return false; }
  std::string date() const override { return ""; }
  base::Result<std::optional<base::Secret>> ask_secret(std::string_view,
                                                       const os::NoCoreDumps&) override {
    return std::optional<base::Secret>();
  }
  std::string shown;
};

/// The board's registers behind the updater's own drivers.
class LyingDevice final : public updater::cli::OpenDevice {
 public:
  LyingDevice(Machine& board, base::Mmio& bar, base::Mmio* tis)
      : board_(board), host_(bar, board.clock(), {.name = "fuzz", .simulated = true}) {
    if (tis != nullptr) tpm_.emplace(*tis, board.clock(), updater::tpm::TisOptions{.name = "fuzz"});
  }
  updater::mei::MeiDevice& device() override { return host_; }
  base::Clock& clock() override { return board_.clock(); }
  base::Result<updater::tpm::TpmTransport*> tpm() override {
    if (!tpm_) return base::Error{base::Errc::not_found, "there is no TPM"};
    return &*tpm_;
  }
  updater::update::Target me_target() override { return inside(updater::update::Role::me); }
  updater::update::Target tpm_target() override { return inside(updater::update::Role::tpm); }
  base::Result<void> close() override { return {}; }

 private:
  static updater::update::Target inside(updater::update::Role role) {
    return {.role = role,
            .name = "fuzz",
            .place = updater::update::Place::in_sim,
            .nature = updater::update::Nature::simulated};
  }
  Machine& board_;
  updater::mei::HeciHost host_;
  std::optional<updater::tpm::TisHost> tpm_;
};

class Opener final : public updater::cli::DeviceOpener {
 public:
  Opener(Machine& board, Lies& lies) : board_(board), bar_(board.bar0(), lies) {
    if (board.itpm() != nullptr) tis_.emplace(board.itpm()->tis(), lies);
  }
  base::Result<std::unique_ptr<updater::cli::OpenDevice>> open(
      const updater::cli::DeviceChoice&) override {
    return std::unique_ptr<updater::cli::OpenDevice>(
        std::make_unique<LyingDevice>(board_, bar_, tis_ ? &*tis_ : nullptr));
  }

 private:
  Machine& board_;
  LyingRegisters bar_;
  std::optional<LyingRegisters> tis_;
};

/// The two files of the command line.
struct Files {
  explicit Files(const Machine& board) {
    const auto& identity = board.profile().firmware.identity;
    const auto bytes = emulator::factory::build_update_image(
        {.version = kNewVersion, .sku = identity.sku, .size = 0x10000});
    promise(bytes.has_value(), "an image is made");
    image = folder.write("new.bin", *bytes);
    owner = folder.write("owner.txt", std::string_view(kOwnerPassphrase));
  }
  tests::TemporaryFolder folder;
  std::string image;
  std::string owner;
};

struct Run {
  Exit exit{};
  std::string shown;
};

Run update(Machine& board, base::ByteView bytes) {
  static const Files files(board);
  Lies lies(board, bytes);
  Opener opener(board, lies);
  Screen screen;
  std::vector<std::string> words = {"update", files.image, "-y"};
  if (board.itpm() != nullptr) words.insert(words.end(), {"--owner-passphrase-file", files.owner});
  const Exit exit = updater::cli::run("meupdate", words, screen, opener);
  return {exit, std::move(screen.shown)};
}

bool runs_whole_code(Machine& board) {
  const auto& firmware = board.firmware();
  using emulator::firmware::BootPath;
  if (firmware.boot_path() == BootPath::recovery) return true;
  return firmware.boot_path() == BootPath::operational &&
         (firmware.running_version() == kOldVersion || firmware.running_version() == kNewVersion);
}

void check_screen(const Run& run) {
  promise(run.shown.find("fault of this program") == std::string::npos,
          "no lie makes the updater break a promise of its own");
  promise(run.shown.find(kOwnerPassphrase) == std::string::npos, "no secret is on the screen");
  promise(run.exit != Exit::usage, "the command line was right all along");
}

void survive(Machine& board, base::ByteView lies) {
  const base::TimePoint began = board.clock().now();
  check_screen(update(board, lies));
  promise(board.clock().now() - began < std::chrono::hours(12), "every wait of an update ends");
  if (!board.powered()) board.power_on();
  board.clock().sleep(std::chrono::minutes(15));  // whatever it still does, it ends
  boot_anew(board);
  promise(runs_whole_code(board), "after the power comes back some whole code runs");
  const Run again = update(board, {});
  check_screen(again);
  // Lies about nonces can have cost tries of the owner's secret.
  const bool locked = again.exit == Exit::tpm_locked_out || again.exit == Exit::last_try;
  promise(again.exit == Exit::done || again.exit == Exit::nothing_to_do || locked,
          "once nobody lies, the same command leads home");
}

}  // namespace

void update_heci(base::ByteView bytes) {
  survive(board_without_tpm(), bytes);
}

void update_tpm(base::ByteView bytes) {
  survive(board_with_tpm(), bytes);
}

}  // namespace fuzz
