// SPDX-License-Identifier: BSD-3-Clause
// TPM_FieldUpgrade: who may update, and the way from its sub-commands to the firmware's one update
// session. The rules are those of TPM Main Part 3, "TPM_FieldUpgrade"; the messages are
// protocol/tpm/field_upgrade.h.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "emulator/firmware/update_session.h"
#include "emulator/sim/archive.h"
#include "emulator/sim/interrupt_line.h"
#include "emulator/sim/trace.h"
#include "emulator/tpm/owner_proxy.h"
#include "emulator/tpm/personality.h"
#include "emulator/tpm/tpm_config.h"
#include "emulator/tpm/tpm_memory.h"
#include "emulator/tpm/upgrade_digest.h"
#include "protocol/tpm/field_upgrade.h"

namespace emulator::tpm {

/// Trace text of each block of image the TPM has taken: a the bytes so far, b those of the block.
inline constexpr const char* kUpgradeBlockTaken = "field upgrade: block taken";

/// Gets the response of a command that could not be answered at once.
class LateAnswer {
 public:
  virtual ~LateAnswer() = default;
  virtual void answer(base::Bytes response) = 0;
};

class FieldUpgrade final : public firmware::SessionListener {
 public:
  FieldUpgrade(const Upgrade& policy, Personality& personality, TpmMemory& memory,
               firmware::UpdateSession& session, LateAnswer& late, sim::Trace& trace);

  /// The response, or nothing: it comes through LateAnswer when the update session has answered.
  std::optional<base::Bytes> execute(std::uint8_t locality, base::ByteView command);

  /// Nobody waits for the late answer any more. What the session was asked to do goes on;
  /// status tells.
  void cancel();
  /// The owner who authorised a running upload is gone: it ends.
  void owner_cleared();
  /// The TPM resets: an upload ends.
  void reset();
  /// Power is gone, or the ME restarts; the session has ended by itself.
  void forget();
  bool uploading() const { return upload_.active && !session_is_open(); }
  void set_hardware_presence(sim::Level level) { hardware_presence_ = level; }

  void session_started(std::uint32_t status) override;
  void session_took_data(std::uint32_t status) override;
  void session_ended(std::uint32_t status, std::uint32_t reset_type) override;
  void session_committed() override;

  /// After loading, the session is asked to resume what it owes.
  void serialize(sim::Archive& a);

 private:
  /// What the session has been asked and has not answered, numbered as status tells
  /// it (UpgradeWork).
  enum class Owed : std::uint8_t { nothing, start, data, end };
  enum class Authority : std::uint8_t { nobody, owner };

  struct Upload {
    bool active = false;
    Authority authority = Authority::nobody;
    std::uint32_t announced = 0;
    std::uint32_t received = 0;
    protocol::tpm::Digest authorised_digest{};
    UpgradeDigest digest;
  };

  base::Bytes information();
  base::Bytes status();
  std::optional<base::Bytes> start(std::uint8_t locality, base::ByteView frame,
                                   const protocol::tpm::UpgradeBody& body);
  std::optional<base::Bytes> data(const protocol::tpm::UpgradeBody& body);
  std::optional<base::Bytes> complete();
  base::Bytes abort();

  /// 0, or why the TPM in its present state takes no sub-command that changes anything.
  protocol::tpm::ReturnCode readiness();
  protocol::tpm::ReturnCode unowned_permission(const Flags& flags);
  bool unowned_allowed(const Flags& flags);
  void notice_what_was_lost();
  bool session_is_open() const;  ///< no update: start would be taken

  std::optional<base::Bytes> await(Owed what);
  void settle(Owed what, const protocol::tpm::UpgradeOutcome& outcome);
  base::Bytes outcome(std::uint32_t status, std::uint32_t reset_type = 0) const;
  base::Bytes sealed(base::ByteView out_params) const;
  void note(const char* text, std::uint32_t a = 0, std::uint32_t b = 0);

  Upgrade policy_;
  Personality& personality_;
  TpmMemory& memory_;
  firmware::UpdateSession& session_;
  LateAnswer& late_;
  sim::Trace& trace_;
  sim::Level hardware_presence_ = sim::Level::low;  ///< a wire: its holder's to restore
  OwnerProxy owner_;

  Upload upload_;
  std::uint32_t reset_type_ = 0;
  Owed owed_ = Owed::nothing;
  bool host_waits_ = false;           ///< for what is owed
  bool calling_ = false;              ///< the session may answer before execute() returns
  std::optional<base::Bytes> early_;  ///< it did
  std::optional<AnswerSeal> seal_;    ///< of the command that is being answered
  base::Bytes block_;                 ///< data that the session is staging
};

}  // namespace emulator::tpm
