// SPDX-License-Identifier: BSD-3-Clause
// What a story can do, one alternative an action: run the real updater, act on the board, act as a
// host by hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"
#include "config/toml_tree.h"
#include "emulator/firmware/update_session.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/tpm/itpm.h"
#include "protocol/mei/amthi.h"
#include "scenarios/engine/expectation.h"

namespace scenarios::engine {

/// What happens to the board, the person or the program while the updater runs.
enum class Disturbance : std::uint8_t {
  stop,
  kill,
  reset_link,
  reset_me,
  reset_platform,
  power_cut,
  suspend,     ///< the host sleeps (S3) for a while
  jump_clock,  ///< the host's clock is a while ahead at once, the board's is not
  fault,       ///< a fault is armed
};

/// Strikes once, the first time all that is given holds.
struct During {
  Disturbance disturbance = Disturbance::stop;
  std::optional<std::uint64_t>
      after_bytes;                      ///< of image that DATA messages have carried in this step
  std::optional<base::Duration> after;  ///< since the step began
  std::optional<emulator::firmware::SessionState> session;
  emulator::sim::FaultRule fault;                   ///< Disturbance::fault: this one
  base::Duration lasts = std::chrono::seconds(10);  ///< Disturbance::suspend, jump_clock
  config::Place place;
};

/// Whether a person sits at the terminal, and what is answered to the one question.
enum class Person : std::uint8_t { none, yes, no };

struct Meupdate {
  /// Whose command line it is: the story's, or the one that the updater printed last to go on with.
  enum class Line : std::uint8_t { written, printed } line = Line::written;
  std::vector<std::string> arguments;  ///< written: ${image:NAME} stands for a file
  Person person = Person::none;
  bool device_absent = false;  ///< the host has no ME device at all
  std::vector<During> during;
};

/// Somebody else's updater: a program, with the board behind a socket (scenarios/program).
struct OwnUpdater {
  /// The program, a path from the folder of `place` or a name, and its arguments. ${device} stands
  /// for the socket, ${image:NAME} for a file.
  std::vector<std::string> words;
  /// Of the computer's time, that the program itself may take: what the board takes does not count.
  base::Duration limit = std::chrono::minutes(1);
  std::vector<During> during;
  config::Place place;
};

enum class PowerAction : std::uint8_t {
  on,
  cut,  ///< at once, whatever the host does
  off,  ///< the host is shut down first
  reset_platform,
  reset_me,
  s3,  ///< the host goes to sleep, or is switched off; the mains stay on
  s4,
  s5,
};

struct Power {
  PowerAction action = PowerAction::on;
};

struct Wait {
  base::Duration amount{};
};

/// Runs the machine until the facts hold, at most `limit`.
struct Until {
  std::vector<FactExpectation> device;
  base::Duration limit = std::chrono::minutes(2);
};

/// What a person does in MEBx set-up; the board restarts.
struct SetUp {
  enum class Action : std::uint8_t { provision, begin, unprovision };
  Action action = Action::provision;
  protocol::amthi::ProvisioningMode mode = protocol::amthi::ProvisioningMode::none;
};

struct ArmFault {
  emulator::sim::FaultRule rule;
  config::Place place;
};
struct DisarmFaults {};

struct TakeSnapshot {
  std::string name;
};
/// Goes on in a new machine that is put into the saved state. The host's side of the link stays as
/// it is.
struct Restore {
  std::string name;
};

/// The host resets the HECI link as the era's driver does: H_RST pulsed.
struct ResetLink {};

/// One FWU message sent by hand, past all of the updater's checks, and the status the device
/// must answer.
struct FwuMessage {
  enum class Kind : std::uint8_t { start, data, end, raw };
  enum class Answer : std::uint8_t { reply, silence, link_lost };

  Kind kind = Kind::start;
  std::string image;  ///< start: its length is announced; data: its bytes are sent
  std::optional<std::uint32_t> length;  ///< start: announced instead
  std::uint32_t from = 0;               ///< data: first byte
  std::optional<std::uint32_t> count;   ///< data: how many; absent: the rest
  std::string password;
  std::vector<std::uint8_t> oem_id;
  base::Bytes raw;  ///< raw: the message
  std::optional<base::Bytes> raw_reply;
  std::uint32_t status = 0;                 ///< data: every message but the last is answered 0
  std::optional<std::uint32_t> reset_type;  ///< end
  Answer answer = Answer::reply;
  base::Duration limit = std::chrono::minutes(2);
  config::Place place;
};
struct Fwu {
  std::vector<FwuMessage> messages;
};

/// One action at the registers, below every driver.
struct BusAction {
  enum class Kind : std::uint8_t {
    write,
    read,
    slots,
    doorbell,
    send,
    receive,
    nothing,
    wait,
    ready
  };
  Kind kind = Kind::write;
  std::uint32_t offset = 0;  ///< of the register
  std::uint32_t value = 0;   ///< to write, or expected after the mask
  std::uint32_t mask = 0xFFFFFFFF;
  std::vector<std::uint32_t> slots;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint8_t reserved = 0;  ///< header bits 30:25
  bool complete = true;
  std::optional<std::uint16_t> length;  ///< in the header, when it lies
  base::Bytes data;                     ///< to send, or expected
  std::optional<std::uint32_t>
      size;  ///< receive: only the length is expected, data are the first bytes
  base::Duration time = std::chrono::seconds(1);
  config::Place place;
};
struct Bus {
  std::vector<BusAction> actions;
};

/// What a person does to the TPM in the BIOS's set-up; the board restarts.
struct BiosSetUp {
  std::vector<emulator::tpm::BiosAction> actions;
};

/// The TPM is in this state all at once, as no command could put it there: keys of [tpm.state],
/// over the profile's.
struct PutTpm {
  config::TomlNode state;
};

/// One thing done to the TPM from the host, through its registers.
struct TpmAction {
  enum class Kind : std::uint8_t {
    send,
    take_ownership,
    prove_owner,
    clear_owner,
    create_ek,
    start,
    data,
    complete,
    abort,
    write,
    read,
    fifo,
    wait
  };
  enum class Answer : std::uint8_t { reply, silence, absent };

  Kind kind = Kind::send;
  std::uint8_t locality = 0;
  base::Bytes bytes;                   ///< send: the frame; fifo: what is written
  std::optional<base::Bytes> head;     ///< send: first bytes of the answer
  std::optional<std::string> owner;    ///< a passphrase; empty: the well-known secret
  std::string image;                   ///< start, data
  std::uint32_t from = 0;              ///< data: first byte
  std::optional<std::uint32_t> count;  ///< data: how many; absent: the rest
  std::uint32_t block = 1024;          ///< data: bytes in one command
  std::string password;                ///< start: of the local-update rule
  std::uint32_t code = 0;              ///< TPM return code
  std::uint32_t status = 0;            ///< start, data, complete, abort: the update session's
  std::uint32_t offset = 0;            ///< write, read: of the register
  std::uint32_t width = 4;             ///< write, read: its bytes
  std::uint32_t value = 0;             ///< to write, or expected after the mask
  std::uint32_t mask = 0xFFFFFFFF;
  Answer answer = Answer::reply;
  base::Duration time = std::chrono::minutes(2);  ///< to wait; of commands the limit
  config::Place place;
};
struct TpmActions {
  std::vector<TpmAction> actions;
};

/// Nothing is done: only the expectations count.
struct Check {};

using Action =
    std::variant<Check, Meupdate, OwnUpdater, Power, Wait, Until, SetUp, ArmFault, DisarmFaults,
                 TakeSnapshot, Restore, ResetLink, Fwu, Bus, BiosSetUp, PutTpm, TpmActions>;

struct Step {
  std::string text;  ///< for reports: "meupdate update new.bin -y"
  config::Place place;
  Action action;
  Expectation expect;
};

}  // namespace scenarios::engine
