// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/carry_out.h"

#include <algorithm>
#include <cassert>

#include "protocol/mei/clients.h"
#include "updater/update/device_state.h"
#include "updater/update/heci_upload.h"
#include "updater/update/tpm_upload.h"

namespace updater::update {
namespace {

using base::Errc;
using base::Error;
using base::Result;
namespace fwu = protocol::fwu;

/// After a break before END the firmware has nothing to finish: only the link has to come back.
constexpr Rest kAfterBreak{.busy_limit = std::chrono::seconds(60),
                           .quiet_limit = std::chrono::seconds(30)};

/// Commands of one update whose answers may fail to come before it is given up.
constexpr int kResumes = 3;

/// Copying grows with the image: 30 s/MiB is more than a NOR part of the era needs.
Rest rest_after_end(std::size_t image_bytes) {
  const auto mebibytes = static_cast<std::int64_t>(image_bytes >> 20) + 1;
  Rest rest;
  rest.busy_limit =
      std::max<base::Duration>(rest.busy_limit, std::chrono::seconds(60 + 30 * mebibytes));
  return rest;
}

/// The firmware's own verdict on an update: a number of the tool family. Smaller ones (the field
/// reports show 1 on a sound machine) have no published meaning.
bool tells_failure(std::uint32_t status) {
  return status >= protocol::update::number(protocol::update::ToolError::sku_mismatch);
}

/// One update from START to the last look at the device. Each step returns the report when it ends
/// the update there.
class Errand {
 public:
  Errand(const Plan& plan, const image::Image& image, mei::MeiDevice& device, base::Clock& clock,
         ProgressListener& listener, const TpmWay* tpm, const base::Secret* password)
      : plan_(plan),
        image_(image),
        device_(device),
        clock_(clock),
        listener_(listener),
        tpm_(tpm),
        password_(password),
        began_(clock.now()) {}

  Report run();

 private:
  std::optional<Report> start(std::unique_ptr<Upload>& upload);
  std::optional<Report> send_image(std::unique_ptr<Upload>& upload);
  Report finish(std::unique_ptr<Upload>& upload);
  Result<std::unique_ptr<Upload>> open_upload();
  /// A block whose answer did not come: where to go on, if the firmware waits for it.
  bool goes_on(Upload& upload);
  Report after_end(std::uint32_t reset_type);
  Report after_silent_end(Error error);

  Report refused(const Error& error);
  Report broken_in_transfer(Error error);
  Report judged_after_end(const Result<DeviceState>& state, std::optional<Error> error);

  Result<DeviceState> watch(const Rest& rest, const Enough& enough);
  bool runs_new_code(const DeviceState& state) const;
  bool runs_what_was_sent(const DeviceState& state) const;
  bool failed(const DeviceState& state) const;
  bool is_decided(const DeviceState& state) const;
  bool same_version() const { return plan_.to == plan_.from && !plan_.recovery_mode; }
  Report report(Outcome outcome, std::optional<Error> error, const Result<DeviceState>& state);
  void enter(Phase phase);

  const Plan& plan_;
  const image::Image& image_;
  mei::MeiDevice& device_;
  base::Clock& clock_;
  ProgressListener& listener_;
  const TpmWay* tpm_;
  const base::Secret* password_;
  base::TimePoint began_;
  Phase phase_ = Phase::starting;
  std::size_t sent_ = 0;
  int resumed_ = 0;
  bool seen_busy_ = false;       ///< after END: the device said that it was updating
  bool seen_answering_ = false;  ///< after END
  bool seen_restart_ = false;    ///< after END: it answered, and then did not
};

Report Errand::run() {
  std::unique_ptr<Upload> upload;
  if (auto ended = start(upload)) return *ended;
  if (auto ended = send_image(upload)) return *ended;
  return finish(upload);
}

Result<std::unique_ptr<Upload>> Errand::open_upload() {
  if (plan_.way == Way::tpm) {
    assert(tpm_ != nullptr);
    return std::unique_ptr<Upload>(
        std::make_unique<TpmUpload>(*tpm_, plan_, image_, clock_, password_));
  }
  auto connected = device_.connect(protocol::mei::kFwuGuid);
  if (!connected) return connected.error();
  return std::unique_ptr<Upload>(
      std::make_unique<HeciUpload>(std::move(connected).value(), plan_, password_));
}

std::optional<Report> Errand::start(std::unique_ptr<Upload>& upload) {
  enter(Phase::starting);
  auto opened = open_upload();
  if (!opened) return report(Outcome::failed_unchanged, opened.error(), opened.error());
  upload = std::move(opened).value();
  const Result<void> started = upload->start();
  if (started) return std::nullopt;
  upload.reset();
  return refused(started.error());  // not accepted: nothing has begun, whatever the reason
}

std::optional<Report> Errand::send_image(std::unique_ptr<Upload>& upload) {
  enter(Phase::transferring);
  while (sent_ < image_.code_size) {
    if (listener_.stop_requested()) {
      upload.reset();
      return broken_in_transfer({Errc::interrupted, "stopped as asked"});
    }
    const std::size_t count = std::min(upload->payload(), image_.code_size - sent_);
    const Result<void> taken = upload->data(image_.code().subspan(sent_, count));
    if (taken) {
      sent_ += count;
    } else if (taken.error().code == Errc::refused) {
      upload.reset();
      return refused(taken.error());
    } else if (!goes_on(*upload)) {
      upload.reset();
      return broken_in_transfer(taken.error());
    }
    enter(Phase::transferring);
  }
  return std::nullopt;
}

bool Errand::goes_on(Upload& upload) {
  if (++resumed_ > kResumes) return false;
  const Result<std::size_t> held = upload.resume();
  if (!held || *held > image_.code_size) return false;
  sent_ = *held;
  return true;
}

Report Errand::finish(std::unique_ptr<Upload>& upload) {
  enter(Phase::verifying);
  const Result<std::uint32_t> ended = upload->end();
  upload.reset();
  if (ended) return after_end(*ended);
  if (ended.error().code == Errc::refused) return refused(ended.error());
  return after_silent_end(ended.error());
}

Report Errand::after_end(std::uint32_t reset_type) {
  enter(Phase::committing);
  const bool waits_for_platform = reset_type == fwu::kResetPlatform;
  const auto state = watch(rest_after_end(image_.code_size), [&](const DeviceState& seen) {
    return waits_for_platform || is_decided(seen);
  });
  if (state && waits_for_platform && state->running == Running::operational && !state->busy() &&
      !failed(*state)) {
    return report(Outcome::restart_needed, std::nullopt, state);
  }
  return judged_after_end(state, std::nullopt);
}

/// END was sent and no answer came: the firmware may have verified and committed all the same.
Report Errand::after_silent_end(Error error) {
  const auto state = watch(rest_after_end(image_.code_size),
                           [&](const DeviceState& seen) { return is_decided(seen); });
  return judged_after_end(state, std::move(error));
}

/// A device that never answers again may have lost its operational code in mid-commit, and one that
/// is still at it may lose it yet.
Report Errand::judged_after_end(const Result<DeviceState>& state, std::optional<Error> error) {
  enter(Phase::checking);
  if (!state) return report(Outcome::interrupted_recovery, error ? error : state.error(), state);
  if (state->busy()) return report(Outcome::interrupted_recovery, error, state);
  if (state->running == Running::recovery)
    return report(Outcome::interrupted_recovery, error, state);
  if (failed(*state)) return report(Outcome::verify_failed, error, state);
  if (error && !runs_what_was_sent(*state)) return report(Outcome::interrupted_rerun, error, state);
  if (runs_new_code(*state)) return report(Outcome::updated, std::nullopt, state);
  return report(Outcome::verify_failed, error, state);
}

/// The firmware said no (or START got no yes): the code that runs is untouched.
Report Errand::refused(const Error& error) {
  return report(Outcome::failed_unchanged, error, read_state(device_));
}

Report Errand::broken_in_transfer(Error error) {
  const Phase broke_in = phase_;
  const auto state = watch(kAfterBreak, [](const DeviceState&) { return true; });
  phase_ = broke_in;
  const bool recovery = state ? state->running == Running::recovery : plan_.recovery_mode;
  return report(recovery ? Outcome::interrupted_recovery : Outcome::interrupted_rerun,
                std::move(error), state);
}

Result<DeviceState> Errand::watch(const Rest& rest, const Enough& enough) {
  return wait_for(device_, clock_, rest, enough, [&](const Result<DeviceState>& state) {
    seen_restart_ = seen_restart_ || (!state && seen_answering_);
    if (!state) return enter(Phase::restarting);
    seen_answering_ = true;
    seen_busy_ = seen_busy_ || state->busy();
    enter(state->busy() ? Phase::committing : Phase::checking);
  });
}

bool Errand::runs_new_code(const DeviceState& state) const {
  return state.running == Running::operational && state.version == plan_.to;
}

/// Another version that runs has been written, whatever else the device says. Where the same
/// version was sent, only a device that was seen at work may have had it.
bool Errand::runs_what_was_sent(const DeviceState& state) const {
  return runs_new_code(state) && (!same_version() || seen_busy_ || seen_restart_);
}

/// This update's failure: a status that stood there before tells nothing of it until the device was
/// seen at work.
bool Errand::failed(const DeviceState& state) const {
  if (runs_new_code(state) && !same_version()) return false;
  return tells_failure(state.update_status) &&
         (seen_busy_ || state.update_status != plan_.status_before);
}

bool Errand::is_decided(const DeviceState& state) const {
  return state.running == Running::recovery || runs_what_was_sent(state) || failed(state);
}

Report Errand::report(Outcome outcome, std::optional<Error> error,
                      const Result<DeviceState>& state) {
  Report made{
      .outcome = outcome, .error = std::move(error), .bytes_sent = sent_, .stopped_in = phase_};
  if (made.error && made.error->code == Errc::refused) made.device_status = made.error->status;
  if (state) made.version_after = state->version;
  made.still_busy = state && state->busy();
  if (outcome == Outcome::verify_failed && state) {
    made.device_status = state->update_status;
    made.code_suspect = tells_failure(state->update_status);
  }
  made.took = clock_.now() - began_;
  if (outcome == Outcome::updated || outcome == Outcome::restart_needed) {
    enter(Phase::done);
    made.stopped_in = Phase::done;
  }
  return made;
}

void Errand::enter(Phase phase) {
  phase_ = phase;
  listener_.progress(
      {.phase = phase, .bytes_done = sent_, .bytes_total = image_.code_size, .at = clock_.now()});
}

}  // namespace

bool can_continue(const Report& report) {
  return report.code_suspect || report.outcome == Outcome::interrupted_rerun ||
         report.outcome == Outcome::interrupted_recovery;
}

Report carry_out(const Plan& plan, const image::Image& image, mei::MeiDevice& device,
                 base::Clock& clock, ProgressListener& listener, const TpmWay* tpm,
                 const base::Secret* password) {
  return Errand(plan, image, device, clock, listener, tpm, password).run();
}

}  // namespace updater::update
