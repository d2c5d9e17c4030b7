// SPDX-License-Identifier: BSD-3-Clause
// An iTPM with nothing of a machine around it, and a host that speaks TPM 1.2 to it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "emulator/tpm/itpm.h"
#include "emulator/tpm/memory_storage.h"
#include "protocol/tpm/authorisation.h"
#include "protocol/tpm/capability.h"
#include "protocol/tpm/crypto.h"
#include "protocol/tpm/field_upgrade.h"
#include "protocol/tpm/owner.h"

namespace emulator::tpm {

using protocol::tpm::ReturnCode;

/// Stands at the seam of the firmware's session: notes what it is told, answers when the test's
/// delay has passed.
class ScriptedSession final : public firmware::UpdateSession {
 public:
  explicit ScriptedSession(sim::Scheduler& scheduler)
      : timer_(scheduler, "test.session", [this] { answer_now(); }) {}

  void start(firmware::Feeder feeder, const firmware::SessionStart& start,
             firmware::SessionListener& listener) override;
  void data(firmware::Feeder feeder, base::ByteView bytes,
            firmware::SessionListener& listener) override;
  void end(firmware::Feeder feeder, firmware::SessionListener& listener) override;
  void abandon(firmware::Feeder feeder) override;
  firmware::SessionState state() const override { return current; }
  std::uint32_t last_status() const override { return 0; }
  bool owes(firmware::Feeder) const override { return call_ != Call::none; }
  /// What was ended is on the flash now.
  void commit();
  /// Forgets what it was asked, without a word.
  void lose_call() { call_ = Call::none; }

  std::deque<std::uint32_t> statuses;   ///< of the next answers; success when empty
  std::optional<base::Duration> delay;  ///< nothing: answers at once
  bool silent = false;                  ///< never answers
  firmware::SessionState current = firmware::SessionState::idle;
  std::uint32_t length = 0;
  std::string password;
  base::Bytes received;
  int abandoned = 0;

 private:
  enum class Call { none, start, data, end };
  void call(Call what, firmware::SessionListener& listener);
  void answer_now();

  sim::Timer timer_;
  Call call_ = Call::none;
  firmware::SessionListener* listener_ = nullptr;
  base::Bytes block_;
};

class PowerSwitch final : public sim::PowerControl {
 public:
  void request_power_cut() override { ++cuts; }
  void request_me_reset() override { ++me_resets; }
  int cuts = 0;
  int me_resets = 0;
};

/// A fitted iTPM, unowned, enabled and active, whose BIOS locks presence.
TpmConfig fitted();
/// The same with an owner whose secret is SHA-1("owner").
TpmConfig owned();
inline const protocol::tpm::Secret kOwner = protocol::tpm::secret_from_passphrase("owner");
inline const protocol::tpm::Secret kWrong = protocol::tpm::secret_from_passphrase("wrong");

struct Rig {
  explicit Rig(const TpmConfig& config = fitted());

  sim::Scheduler clock;
  sim::Trace trace{clock};
  sim::FaultPlan faults{trace};
  PowerSwitch power;
  MemoryStorage storage;
  ScriptedSession session{clock};
  Itpm tpm;
};

/// One authorisation session as the host keeps it.
struct HostSession {
  protocol::tpm::Handle handle = 0;
  protocol::tpm::Nonce nonce_even{};
  protocol::tpm::Secret key{};
};

class Host {
 public:
  explicit Host(Itpm& tpm) : tpm_(tpm) {}

  base::Bytes send(base::ByteView command);
  ReturnCode run(base::ByteView command);

  std::optional<HostSession> oiap(const protocol::tpm::Secret& secret);
  std::optional<HostSession> osap(const protocol::tpm::Secret& owner);
  std::optional<HostSession> osap(const protocol::tpm::Secret& secret, std::uint16_t entity_type,
                                  std::uint32_t entity);

  enum class After { end, go_on };
  /// Sends it and, on success, checks the TPM's own HMAC and rolls the nonce; the answer's
  /// parameters go to `out`.
  ReturnCode authorised(HostSession& session, protocol::tpm::Ordinal ordinal, base::ByteView params,
                        After after = After::end, base::Bytes* out = nullptr);
  /// The same for a command with handles before its parameters; `out` begins with the
  /// response's handles.
  ReturnCode authorised_on(HostSession& session, protocol::tpm::Ordinal ordinal,
                           base::ByteView handles, base::ByteView params,
                           std::size_t response_handles, After after = After::end,
                           base::Bytes* out = nullptr);
  /// One owner command in an OIAP session of its own: OwnerReadInternalPub, which changes nothing.
  ReturnCode prove_owner(const protocol::tpm::Secret& secret);
  ReturnCode owner_command(const protocol::tpm::Secret& secret, protocol::tpm::Ordinal ordinal,
                           base::ByteView params);
  ReturnCode take_ownership(const protocol::tpm::Secret& secret);

  // Field upgrade.
  using Outcome = protocol::tpm::UpgradeOutcome;
  base::Bytes start_params(base::ByteView image, std::string_view password = {});
  ReturnCode start_as_owner(HostSession session, base::ByteView image, Outcome* outcome = nullptr);
  ReturnCode upgrade(protocol::tpm::UpgradeCommand command, base::ByteView data,
                     Outcome* outcome = nullptr);
  ReturnCode start_unowned(base::ByteView image, Outcome* outcome = nullptr);
  ReturnCode data(base::ByteView block, Outcome* outcome = nullptr);
  ReturnCode complete(Outcome* outcome = nullptr);
  ReturnCode abort(Outcome* outcome = nullptr);
  std::optional<protocol::tpm::UpgradeStatus> status();
  std::optional<protocol::tpm::UpgradeInformation> information();

  std::optional<protocol::tpm::DaInfo> lockout();

 private:
  Itpm& tpm_;
  std::uint8_t nonces_ = 0;
};

}  // namespace emulator::tpm
