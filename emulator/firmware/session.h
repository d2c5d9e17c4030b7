// SPDX-License-Identifier: BSD-3-Clause
// The update session: START opens the staging partition, DATA fills it, END has it checked and
// copied over the operational code. Whatever goes wrong before the copy begins leaves the running
// code untouched.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "emulator/firmware/code_check.h"
#include "emulator/firmware/firmware_config.h"
#include "emulator/firmware/flash_queue.h"
#include "emulator/firmware/partition_writer.h"
#include "emulator/firmware/running.h"
#include "emulator/firmware/settings_store.h"
#include "emulator/firmware/update_file.h"
#include "emulator/firmware/update_session.h"
#include "emulator/sim/fault_plan.h"
#include "emulator/sim/power_control.h"
#include "emulator/sim/scheduler.h"
#include "emulator/sim/trace.h"
#include "protocol/generation.h"
#include "protocol/update/tool_errors.h"

namespace emulator::firmware {

/// The parts of the firmware that a session works with.
struct SessionParts {
  const FirmwareConfig& config;
  const Running& running;
  flash::Flash& flash;
  FlashQueue& queue;
  SettingsStore& settings;
  sim::Scheduler& scheduler;
  sim::Trace& trace;
  sim::FaultPlan& faults;
  sim::PowerControl& power;
  std::function<void()> state_changed;  ///< the session has gone to another state
};

/// A piece of the update on its way to where it runs.
struct Copy {
  std::uint32_t from = 0;  ///< bytes from the start of the update
  std::uint32_t to = 0;    ///< bytes from the start of the flash
  std::uint32_t size = 0;
};

class Session final : public UpdateSession, private flash::FlashListener, private SettingsListener {
 public:
  explicit Session(const SessionParts& parts);

  void start(Feeder feeder, const SessionStart& start, SessionListener& listener) override;
  void data(Feeder feeder, base::ByteView bytes, SessionListener& listener) override;
  void end(Feeder feeder, SessionListener& listener) override;
  void abandon(Feeder feeder) override;
  void resume(Feeder feeder, SessionListener& listener) override;
  SessionState state() const override { return state_; }
  SessionProgress progress() const override;
  bool owes(Feeder feeder) const override { return owed_ != Call::none && owed_to_ == feeder; }
  std::uint32_t last_status() const override;

  /// The firmware stops, for a reset or for good: whatever ran is gone, nobody is answered, wrong
  /// passwords are forgotten.
  void stop();

  void serialize(sim::Archive& a);

 private:
  using Error = protocol::update::ToolError;

  enum class Call : std::uint8_t { none, start, data, end };
  /// What is to become of the answer that is owed.
  enum class Answer : std::uint8_t { told, muted, power_cut };
  /// What the session waits for. `delayed` is the fault; each of the others belongs to
  /// one SessionState.
  enum class Step : std::uint8_t { rest, delayed, processing, staging, checking, copying, storing };

  class StruckCall;

  // session_admission.cpp: what is taken and what is refused
  void call(Call call, Feeder feeder, SessionListener& listener, sim::FaultPoint point);
  bool take(Call call, Feeder feeder, SessionListener& listener);
  void forget_call();
  void refuse_with(Error error);
  void proceed();
  void proceed_start();
  void proceed_data();
  void proceed_end();
  Error refusal_of_start();
  Error refusal_of_interface() const;
  Error refusal_of_password();
  Error refusal_of_contents() const;
  bool repeats_end() const;
  Error judge_staged_image() const;
  Error refusal_of_version(const protocol::FirmwareVersion& offered) const;
  void answer(Error status);
  void tell(SessionListener& listener, Call call, Error status);
  std::uint32_t reset_type(Error status) const;

  // session_in_place.cpp: from ME 6 on, where the update file waits in memory and replaces the
  // running partitions in place
  using Status = protocol::fwu::Status;
  /// The firmware's own number, which travels where earlier firmware has the tool family's.
  static Error own(Status status) { return static_cast<Error>(status); }
  const protocol::Generation& generation() const;
  bool is_in_place() const;
  std::uint32_t word_of(Error status) const;
  Error refusal_of_kind() const;
  Error refusal_of_length() const;
  std::uint32_t taken() const;
  Error judge_update_file() const;
  Error judge_parts(const UpdateFile& file) const;
  Error judge_part(const FilePart& part) const;
  Error judge_security(const FilePart& first) const;
  bool is_written(const Copy& copy) const;
  std::vector<Copy> planned_copies() const;
  bool copies_fit() const;

  // session_work.cpp: what takes time
  void wait(Step step, base::Duration duration);
  void waited();
  void flash_operation_ended(flash::FlashEnd end) override;
  void stage_on();
  void finish_check();
  void begin_copies();
  void plant_copies();
  void copy_on();
  void store_result();
  void settings_stored() override;
  void fail(Error status);
  bool is_sound() const;
  void enter(SessionState next);

  SessionParts parts_;
  std::array<SessionListener*, 3> listeners_{};  ///< by Feeder; not saved: feeders call resume()
  sim::Timer timer_;
  PartitionWriter writer_;

  SessionState state_ = SessionState::idle;
  Step step_ = Step::rest;
  Feeder feeder_ = Feeder::none;  ///< of the update in progress
  bool left_torn_ = false;        ///< a commit failed, and nothing has mended its code since

  Call owed_ = Call::none;  ///< the call that has no answer yet: never more than one
  Feeder owed_to_ = Feeder::none;
  std::uint32_t ends_again_ = 0;  ///< END came again while it was owed: as many answers more
  Answer answer_ = Answer::told;

  std::uint32_t asked_length_ = 0;  ///< START's parameters
  std::string password_;
  std::array<std::uint8_t, 16> oem_id_{};

  std::uint8_t asked_kind_ = kFullUpdate;
  std::uint32_t asked_part_ = 0;

  std::uint32_t image_length_ = 0;  ///< bytes, of the update in progress
  base::Bytes held_;                ///< in place: what DATA has brought
  std::vector<Copy> copies_;        ///< follow from the image; not saved
  std::uint32_t copy_ = 0;          ///< the one that is under way
  base::Bytes payload_;             ///< of the DATA being worked on
  std::uint32_t payload_at_ = 0;    ///< where in the image it belongs
  std::uint32_t wrong_passwords_ = 0;
};

}  // namespace emulator::firmware
