// SPDX-License-Identifier: BSD-3-Clause
// Steps that act on the TPM: the BIOS's set-up, a state put there by hand, and commands and
// register accesses of a host that knows no policy.
#include <fmt/format.h>

#include <algorithm>

#include "base/hex.h"
#include "emulator/machine/read_profile.h"
#include "protocol/tpm/crypto.h"
#include "protocol/tpm/field_upgrade.h"
#include "protocol/tpm/tis_registers.h"
#include "scenarios/engine/actions.h"
#include "updater/tpm/owner_commands.h"
#include "updater/tpm/tis_host.h"

namespace scenarios::engine {
namespace {

using base::Bytes;
using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using TpmKind = TpmAction::Kind;
using Answer = TpmAction::Answer;
using namespace protocol::tpm;
using updater::tpm::OwnerSecret;

const char* name(Answer answer) {
  switch (answer) {
    case Answer::reply:
      return "a reply";
    case Answer::silence:
      return "no answer";
    case Answer::absent:
      return "no TPM";
  }
  return "unknown";
}

/// The registers of one locality where a driver expects those of locality 0.
class Locality final : public base::Mmio {
 public:
  Locality(base::Mmio& registers, std::uint8_t number)
      : registers_(registers), base_(number * tis::kLocalitySize) {}
  std::uint32_t read32(std::uint32_t offset) override { return registers_.read32(base_ + offset); }
  void write32(std::uint32_t offset, std::uint32_t value) override {
    registers_.write32(base_ + offset, value);
  }
  std::uint8_t read8(std::uint32_t offset) override { return registers_.read8(base_ + offset); }
  void write8(std::uint32_t offset, std::uint8_t value) override {
    registers_.write8(base_ + offset, value);
  }

 private:
  base::Mmio& registers_;
  std::uint32_t base_;
};

/// What a command was answered with.
struct Answered {
  Answer kind = Answer::reply;
  std::uint32_t code = 0;
  Bytes body;  ///< of a success
};

Answered answered(const Result<Bytes>& response) {
  if (response) return {.body = *response};
  if (response.error().code == Errc::refused) return {.code = response.error().status};
  const bool late = response.error().code == Errc::timeout;
  return {.kind = late ? Answer::silence : Answer::absent};
}

Answered answered(const Result<void>& done) {
  return done ? Answered{} : answered(Result<Bytes>(done.error()));
}

class Exchange {
 public:
  Exchange(const TpmAction& action, World& world, StepOutcome& outcome)
      : action_(action),
        world_(world),
        outcome_(outcome),
        registers_(world.host().tpm(), action.locality),
        tis_(registers_, world.host()),
        link_(tis_, world.host(), world.nonces()) {}

  void hold() {
    switch (action_.kind) {
      case TpmKind::send:
        return send();
      case TpmKind::take_ownership:
        return judge(answered(updater::tpm::take_ownership(link_, owner())));
      case TpmKind::prove_owner:
        return judge(answered(run_as_owner(link_, owner(), Ordinal::owner_read_internal_pub,
                                           owner_read_internal_pub_params(kHandleSrk))));
      case TpmKind::clear_owner:
        return judge(answered(updater::tpm::clear_owner(link_, owner())));
      case TpmKind::create_ek:
        return create_ek();
      case TpmKind::start:
        return start();
      case TpmKind::data:
        return data();
      case TpmKind::complete:
        return judge_upgrade(upgrade(UpgradeCommand::complete, Bytes{0}));
      case TpmKind::abort:
        return judge_upgrade(upgrade(UpgradeCommand::abort, {}));
      case TpmKind::write:
        return write();
      case TpmKind::read:
        return read();
      case TpmKind::fifo:
        for (const std::uint8_t byte : action_.bytes) registers_.write8(tis::kDataFifo, byte);
        return;
      case TpmKind::wait:
        return world_.host().sleep(action_.time);
    }
  }

 private:
  void disagree(const std::string& what, const std::string& expected, const std::string& got) {
    outcome_.mismatches.push_back(
        {.place = action_.place, .what = what, .expected = expected, .got = got});
  }
  void expect_number(const std::string& what, std::uint32_t expected, std::uint32_t got) {
    if (expected != got)
      disagree(what, fmt::format("{0} ({0:#x})", expected), fmt::format("{0} ({0:#x})", got));
  }

  OwnerSecret owner() const {
    if (action_.owner->empty()) return OwnerSecret::well_known();
    return OwnerSecret::from_passphrase(*action_.owner);
  }

  void judge(const Answered& got) {
    if (got.kind != action_.answer) return disagree("answer", name(action_.answer), name(got.kind));
    if (got.kind == Answer::reply) expect_number("TPM return code", action_.code, got.code);
  }

  void judge_upgrade(const Answered& got) {
    judge(got);
    if (got.kind != Answer::reply || got.code != 0 || !outcome_.mismatches.empty()) return;
    const auto decoded = decode_upgrade_outcome(got.body);
    if (!decoded) return disagree("outcome", "a status", base::to_hex(got.body));
    expect_number("update status", action_.status, decoded->status);
  }

  void send() {
    const auto response = tis_.transmit(action_.bytes, action_.time);
    Answered got = answered(response);
    if (response) {
      const auto decoded = decode_response(*response);
      got.code = decoded ? number(decoded->code) : 0;
      if (!decoded) return disagree("answer", "a TPM response", base::to_hex(*response));
    }
    judge(got);
    if (!response || !action_.head || !outcome_.mismatches.empty()) return;
    const std::string all = base::to_hex(*response);
    const std::string head = base::to_hex(*action_.head);
    if (!all.starts_with(head)) disagree("answer", head + "...", all);
  }

  void create_ek() {
    const auto made = updater::tpm::create_endorsement_key(link_);
    judge(made ? Answered{} : answered(Result<Bytes>(made.error())));
  }

  /// The out parameters of one sub-command that needs no owner.
  Answered upgrade(UpgradeCommand command, ByteView bytes) {
    const auto response = link_.run_once(upgrade_command(command, bytes), action_.time);
    Answered got = answered(response);
    if (!response) return got;
    const auto decoded = decode_response(*response);
    got.body.assign(decoded->body.begin(), decoded->body.end());
    return got;
  }

  std::optional<ByteView> image() {
    const auto bytes = world_.image(action_.image);
    if (bytes) return *bytes;
    outcome_.script_error = fmt::format("{}: {}", to_text(action_.place), bytes.error().doing);
    return std::nullopt;
  }

  void start() {
    const auto bytes = image();
    if (!bytes) return;
    const Bytes block =
        to_bytes(UpgradeStart{.image_length = static_cast<std::uint32_t>(bytes->size()),
                              .image_digest = sha1({*bytes}),
                              .oem_id = {},
                              .password = action_.password});
    if (!action_.owner) return judge_upgrade(upgrade(UpgradeCommand::start, block));
    judge_upgrade(answered(run_as_owner(link_, owner(), Ordinal::field_upgrade,
                                        to_bytes(UpgradeBody{UpgradeCommand::start, block}))));
  }

  /// Every block but the last must be taken.
  void data() {
    const auto bytes = image();
    if (!bytes) return;
    const std::size_t from = std::min<std::size_t>(action_.from, bytes->size());
    const std::size_t count =
        std::min<std::size_t>(action_.count.value_or(0xFFFFFFFF), bytes->size() - from);
    ByteView rest = bytes->subspan(from, count);
    while (!rest.empty()) {
      const ByteView piece = rest.first(std::min<std::size_t>(action_.block, rest.size()));
      rest = rest.subspan(piece.size());
      const Answered got = upgrade(UpgradeCommand::data, piece);
      if (rest.empty() || !was_taken(got)) return judge_upgrade(got);
    }
  }

  static bool was_taken(const Answered& got) {
    const auto decoded = decode_upgrade_outcome(got.body);
    return got.kind == Answer::reply && got.code == 0 && decoded && decoded->status == 0;
  }

  void write() {
    if (action_.width == 4) return registers_.write32(action_.offset, action_.value);
    for (std::uint32_t i = 0; i < action_.width; ++i)
      registers_.write8(action_.offset + i, static_cast<std::uint8_t>(action_.value >> 8 * i));
  }

  void read() {
    std::uint32_t got = 0;
    if (action_.width == 4) got = registers_.read32(action_.offset);
    for (std::uint32_t i = 0; i < action_.width && action_.width < 4; ++i)
      got |= static_cast<std::uint32_t>(registers_.read8(action_.offset + i)) << 8 * i;
    got &= action_.mask;
    if (got == action_.value) return;
    const auto digits = [&](std::uint32_t v) {
      return fmt::format("0x{:0{}x}", v, 2 * action_.width);
    };
    disagree("register", digits(action_.value), digits(got));
  }

  const TpmAction& action_;
  World& world_;
  StepOutcome& outcome_;
  Locality registers_;
  updater::tpm::TisHost tis_;
  updater::tpm::Tpm12Link link_;
};

std::string no_tpm(const World& world) {
  return fmt::format("the machine {} has no TPM", world.scenario().machine);
}

}  // namespace

StepOutcome perform(const BiosSetUp& action, World& world) {
  if (world.machine().itpm() == nullptr) return {.script_error = no_tpm(world)};
  world.machine().bios_setup(action.actions);
  world.system().go_down();  // the board restarts
  return {};
}

StepOutcome perform(const PutTpm& action, World& world) {
  emulator::tpm::Itpm* const tpm = world.machine().itpm();
  if (tpm == nullptr) return {.script_error = no_tpm(world)};
  emulator::tpm::TpmState state = world.machine().profile().tpm.state;
  config::StrictReader reader(action.state);
  config::StrictTable table = reader.root();
  emulator::machine::read_tpm_state(table, state);
  if (const auto done = tpm->put_in_state(state); !done)
    return {.script_error = done.error().doing};
  return {};
}

StepOutcome perform(const TpmActions& actions, World& world) {
  StepOutcome outcome;
  for (const TpmAction& action : actions.actions) {
    Exchange(action, world, outcome).hold();
    if (!outcome.mismatches.empty() || !outcome.script_error.empty()) break;
  }
  return outcome;
}

}  // namespace scenarios::engine
