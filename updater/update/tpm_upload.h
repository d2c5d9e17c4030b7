// SPDX-License-Identifier: BSD-3-Clause
// An upload through the board's TPM: TPM_FieldUpgrade, authorised by the TPM's owner once at its
// start. Dropping the object before its end aborts it.
#pragma once

#include <optional>

#include "updater/image/image.h"
#include "updater/tpm/field_upgrade.h"
#include "updater/update/plan.h"
#include "updater/update/upload.h"

namespace updater::update {

/// What an upload through the TPM needs besides the plan. `owner` is null where the TPM has none.
struct TpmWay {
  tpm::Tpm12Link& link;
  const tpm::OwnerSecret* owner = nullptr;
};

/// After a data command that was cancelled: how long the session may take to have done with it.
inline constexpr base::Duration kSettleLimit = std::chrono::seconds(10);
inline constexpr base::Duration kSettlePoll = std::chrono::milliseconds(500);

/// Errors besides: permission (the TPM itself refuses; status = its return code), Tpm12Link's.
class TpmUpload final : public Upload {
 public:
  /// Everything must outlive it. `password` is null where there is none.
  TpmUpload(const TpmWay& way, const Plan& plan, const image::Image& image, base::Clock& clock,
            const base::Secret* password)
      : upgrade_(way.link),
        owner_(way.owner),
        password_(password),
        plan_(plan),
        image_(image),
        clock_(clock) {}
  ~TpmUpload() override;

  /// Opens the session as the plan says: anew, going on where an interrupted run of this image
  /// stood, or after another one's abort.
  base::Result<std::size_t> start() override;
  std::size_t payload() const override;
  base::Result<void> data(base::ByteView bytes) override;
  base::Result<std::uint32_t> end() override;
  /// A cancelled command leaves the session at work for a moment; the TPM then tells how much
  /// it has.
  base::Result<std::size_t> resume() override;
  SessionState let_go() override;
  SessionState look() override;

 private:
  std::optional<std::size_t> take_up();
  base::Result<void> abort_other();
  SessionState abort();
  bool has_settled(const protocol::tpm::UpgradeStatus& status) const;

  tpm::FieldUpgrade upgrade_;
  const tpm::OwnerSecret* owner_;
  const base::Secret* password_;
  const Plan& plan_;
  const image::Image& image_;
  base::Clock& clock_;
  std::size_t taken_ = 0;   ///< bytes whose answer came
  std::size_t asked_ = 0;   ///< and with the block whose answer did not
  bool under_way_ = false;  ///< started and not ended: to be aborted
  bool mute_ = false;       ///< the TPM left a question unanswered: it is not asked again
};

}  // namespace updater::update
