// SPDX-License-Identifier: BSD-3-Clause
// The firmware's one update session, fed by the FWU client over HECI and by TPM field upgrade. One
// state machine.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"

namespace emulator::firmware {

enum class SessionState : std::uint8_t {
  idle,        ///< no update
  staging,     ///< START was accepted; DATA goes to the staging partition
  verifying,   ///< END was accepted; the staged image is being checked
  committing,  ///< the staged image is being copied over the operational code
  committed,   ///< done; the new code runs after the reset
  failed,      ///< ended with last_status(); START begins anew
};
const char* name(SessionState state);

/// Who feeds the session. Another feeder is refused with update_in_progress until the session ends.
enum class Feeder : std::uint8_t { none, heci, tpm };

/// START as the session sees it, whichever way it came.
struct SessionStart {
  std::uint32_t image_length = 0;
  std::string_view password;
  std::array<std::uint8_t, 16> oem_id{};
  // From ME 6 on.
  std::uint8_t kind = 0;      ///< one of kFullUpdate, kPartialUpdate
  std::uint32_t part_id = 0;  ///< of a partial update: the partition's name
};
inline constexpr std::uint8_t kFullUpdate = 0;
inline constexpr std::uint8_t kPartialUpdate = 1;

/// How far the work after END is.
struct SessionProgress {
  std::uint32_t percent = 0;
  std::uint32_t stage = 0;
  std::uint32_t stages = 0;
  std::uint32_t reset_type = 0;  ///< of an update that is done and waits for it: fwu::kReset...
};

/// Told how an operation ended: each start/data/end call is answered exactly once, at once or when
/// its flash work is done, with a protocol::update::ToolError number. Nothing is answered after
/// abandon(), a reset or a power cut. An end that its feeder gives again, because it lost patience,
/// is answered as the first one.
class SessionListener {
 public:
  virtual ~SessionListener() = default;
  virtual void session_started(std::uint32_t status) = 0;
  virtual void session_took_data(std::uint32_t status) = 0;
  /// `reset_type`: one of protocol::fwu::kReset....
  virtual void session_ended(std::uint32_t status, std::uint32_t reset_type) = 0;
  /// What this feeder brought is the code on the flash now; it runs after the reset.
  virtual void session_committed() {}
};

/// The session as its feeders see it.
class UpdateSession {
 public:
  virtual ~UpdateSession() = default;
  virtual void start(Feeder feeder, const SessionStart& start, SessionListener& listener) = 0;
  virtual void data(Feeder feeder, base::ByteView bytes, SessionListener& listener) = 0;
  virtual void end(Feeder feeder, SessionListener& listener) = 0;
  /// The feeder is gone: an update that is still staging ends, and the running code is untouched.
  virtual void abandon(Feeder feeder) = 0;
  /// After a restored snapshot: `listener` is told what `feeder` is still owed. Every feeder calls
  /// it when it has loaded.
  virtual void resume(Feeder, SessionListener&) {}

  virtual SessionState state() const = 0;
  /// A call of `feeder` has no answer yet. False although none came: it was lost.
  virtual bool owes(Feeder feeder) const = 0;
  virtual SessionProgress progress() const { return {}; }
  /// Status of the last update that ended: a ToolError number, or kUpdateInProgress while one runs.
  virtual std::uint32_t last_status() const = 0;
};

}  // namespace emulator::firmware
