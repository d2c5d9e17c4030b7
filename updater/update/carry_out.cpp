// SPDX-License-Identifier: BSD-3-Clause
#include "updater/update/carry_out.h"

#include <algorithm>

#include "base/planted.h"
#include "base/promise.h"
#include "base/reached.h"
#include "protocol/mei/clients.h"
#include "updater/update/aftermath.h"
#include "updater/update/heci_upload.h"

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

Phase phase_of(Stopped stopped) {
  switch (stopped) {
    case Stopped::starting:
      return Phase::starting;
    case Stopped::transferring:
      return Phase::transferring;
    case Stopped::ending:
      return Phase::verifying;
    case Stopped::committing:
      return Phase::committing;
  }
  return Phase::starting;
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
  Report all_steps();
  Report broken(const base::BrokenPromise& promise);
  Report look_after(Error error);
  Report unseen(Error error);
  std::optional<Report> start();
  std::optional<Report> send_image();
  Report finish();
  Result<std::unique_ptr<Upload>> open_upload();
  /// A block whose answer did not come: where to go on, if the firmware waits for it.
  bool goes_on();

  Report after_end(std::uint32_t reset_type);
  Report after_silent_end(Error error);
  Report stopped(Stopped where, Error error, const Rest& rest);

  Sight look(Aftermath& what, SessionState session);
  void show(const Sight& sight);
  Report report(const Aftermath& what);
  void enter(Phase phase);

  const Plan& plan_;
  const image::Image& image_;
  mei::MeiDevice& device_;
  base::Clock& clock_;
  ProgressListener& listener_;
  const TpmWay* tpm_;
  const base::Secret* password_;
  base::TimePoint began_;
  std::unique_ptr<Upload> upload_;
  std::size_t sent_ = 0;
  int resumed_ = 0;
  bool seen_answering_ = false;  ///< after END
  Stopped at_ = Stopped::starting;
  std::uint32_t reset_type_ = fwu::kResetMe;  ///< of the answer to END
};

/// The name of the file without its folders.
std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// The device must not be left without a word because a part of ours is wrong.
Report Errand::run() {
  try {
    return all_steps();
  } catch (const base::BrokenPromise& promise) {
    return broken(promise);
  }
}

Report Errand::broken(const base::BrokenPromise& promise) {
  base::reached(base::Place::updater_breaks_promise);
  const Error error{Errc::interrupted, "stopped by a fault of this program (" +
                                           std::string(file_name(promise.file())) + ":" +
                                           std::to_string(promise.line()) +
                                           ": it should hold that " + promise.what() +
                                           "); please report it"};
  try {
    return look_after(error);
  } catch (const base::BrokenPromise&) {
    return unseen(error);
  }
}

/// As after an interruption at the same moment: what the device has become decides what is next.
Report Errand::look_after(Error error) {
  switch (at_) {
    case Stopped::starting:
    case Stopped::transferring:
      return stopped(at_, std::move(error), kAfterBreak);
    case Stopped::ending:
      return after_silent_end(std::move(error));
    case Stopped::committing:
      return after_end(reset_type_);
  }
  return unseen(std::move(error));
}

/// The looking is what is wrong: the device counts as one that does not answer.
Report Errand::unseen(Error error) {
  return report({.plan = plan_, .stopped = at_, .error = error, .sight = {.device = error}});
}

Report Errand::all_steps() {
  MEBENCH_PROMISE(plan_.bytes == image_.code_size, "a plan is made for its image");
  if (auto ended = start()) return *ended;
  if (auto ended = send_image()) return *ended;
  return finish();
}

Result<std::unique_ptr<Upload>> Errand::open_upload() {
  if (plan_.way == Way::tpm) {
    MEBENCH_PROMISE(tpm_ != nullptr, "a plan through the TPM comes with one");
    return std::unique_ptr<Upload>(
        std::make_unique<TpmUpload>(*tpm_, plan_, image_, clock_, password_));
  }
  auto connected = device_.connect(protocol::mei::kFwuGuid);
  if (!connected) return connected.error();
  return std::unique_ptr<Upload>(
      std::make_unique<HeciUpload>(std::move(connected).value(), plan_, password_));
}

std::optional<Report> Errand::start() {
  enter(Phase::starting);
  auto opened = open_upload();
  if (!opened) return stopped(Stopped::starting, opened.error(), kAfterBreak);
  upload_ = std::move(opened).value();
  const Result<std::size_t> held = upload_->start();
  if (!held) return stopped(Stopped::starting, held.error(), kAfterBreak);
  MEBENCH_PROMISE(*held <= image_.code_size, "the firmware has no more than the image");
  sent_ = *held;
  return std::nullopt;
}

std::optional<Report> Errand::send_image() {
  at_ = Stopped::transferring;
  enter(Phase::transferring);
  while (sent_ < image_.code_size) {
    if (listener_.stop_requested()) {
      return stopped(Stopped::transferring, {Errc::interrupted, "stopped as asked"}, kAfterBreak);
    }
    MEBENCH_PROMISE(upload_->payload() > 0, "a message carries something");
    const std::size_t count = std::min(upload_->payload(), image_.code_size - sent_);
    const Result<void> taken = upload_->data(image_.code().subspan(sent_, count));
    if (taken) {
      sent_ += count;
    } else if (is_refusal(taken.error()) || !goes_on()) {
      return stopped(Stopped::transferring, taken.error(), kAfterBreak);
    }
    enter(Phase::transferring);
  }
  return std::nullopt;
}

bool Errand::goes_on() {
  const bool for_ever = base::planted(base::PlantedBug::resumes_without_limit);
  if (++resumed_ > kResumes && !for_ever) return false;
  const Result<std::size_t> held = upload_->resume();
  if (!held || *held > image_.code_size) return false;
  sent_ = *held;
  base::reached(base::Place::updater_goes_on);
  return true;
}

Report Errand::finish() {
  MEBENCH_PROMISE(sent_ == image_.code_size, "an update is ended once all of it was taken");
  at_ = Stopped::ending;
  enter(Phase::verifying);
  const Result<std::uint32_t> ended = upload_->end();
  if (ended) return after_end(*ended);
  const Error& error = ended.error();
  if (is_refusal(error) && base::planted(base::PlantedBug::end_refusal_ignored))
    return {.bytes_sent = sent_, .took = clock_.now() - began_};
  // "In progress" may be the answer to an END that a driver sent twice: the first one counts.
  if (is_refusal(error) && !says_in_progress(error))
    return stopped(Stopped::ending, error, rest_after_end(image_.code_size));
  return after_silent_end(error);
}

Report Errand::after_end(std::uint32_t reset_type) {
  at_ = Stopped::committing;
  reset_type_ = reset_type;
  enter(Phase::committing);
  upload_.reset();
  Aftermath what{.plan = plan_,
                 .stopped = Stopped::committing,
                 .error = std::nullopt,
                 .waits_for_platform = reset_type == fwu::kResetPlatform,
                 .sight = {.device = Error{}}};
  what.sight = wait_for([&] { return look(what, SessionState::untold); }, clock_,
                        rest_after_end(image_.code_size),
                        [&](const Sight& sight) {
                          what.sight = sight;
                          return what.waits_for_platform || is_decided(what);
                        });
  enter(Phase::checking);
  return report(what);
}

/// END was sent and no answer came: the firmware may have verified and committed all the same. The
/// TPM tells whether it still waits for its end.
Report Errand::after_silent_end(Error error) {
  Aftermath what{.plan = plan_,
                 .stopped = Stopped::ending,
                 .error = std::move(error),
                 .sight = {.device = Error{}}};
  (void)upload_->let_go();
  base::reached(base::Place::updater_end_unanswered);
  if (base::planted(base::PlantedBug::unchanged_while_busy)) {
    what.stopped = Stopped::transferring;
    what.sight = look(what, SessionState::ended);
    if (what.sight.device) what.sight.device->update_status = plan_.status_before.value_or(0);
    return report(what);
  }
  what.sight = wait_for(
      [&] {
        Sight sight = look(what, SessionState::untold);
        if (sight.device && !sight.device->busy()) sight.session = upload_->look();
        return sight;
      },
      clock_, rest_after_end(image_.code_size),
      [&](const Sight& sight) {
        what.sight = sight;
        return is_decided(what);
      });
  enter(Phase::checking);
  return report(what);
}

/// Nothing was ended: what the firmware was given is forgotten, and what it runs is untouched. But
/// that is said only of a device that is at rest.
Report Errand::stopped(Stopped where, Error error, const Rest& rest) {
  Aftermath what{
      .plan = plan_, .stopped = where, .error = std::move(error), .sight = {.device = Error{}}};
  SessionState session = upload_ ? upload_->let_go() : SessionState::ended;
  what.sight = wait_for(
      [&] {
        if (session == SessionState::working) session = upload_->look();
        return look(what, session);
      },
      clock_, rest, [](const Sight&) { return true; });
  return report(what);
}

Sight Errand::look(Aftermath& what, SessionState session) {
  Sight sight{.device = read_state(device_), .session = session};
  what.was_restarting = what.was_restarting || (!sight.device && seen_answering_);
  if (sight.device) {
    seen_answering_ = true;
    what.was_busy = what.was_busy || sight.device->busy();
  }
  show(sight);
  return sight;
}

void Errand::show(const Sight& sight) {
  if (!sight.device) return enter(Phase::restarting);
  enter(sight.device->busy() ? Phase::committing : Phase::checking);
}

Report Errand::report(const Aftermath& what) {
  Report made{.bytes_sent = sent_, .took = clock_.now() - began_};
  const Result<DeviceState>& device = what.sight.device;
  if (device) made.version_after = device->version;
  const std::optional<Seen> seen = judge(what);
  if (!seen || *seen == Seen::waiting) enter(Phase::done);
  if (!seen) return made;
  made.stopped = what.stopped;
  made.home = &way_home(what.stopped, plan_.way, *seen);
  made.outcome = made.home->outcome;
  if (*seen == Seen::waiting) return made;
  made.stopped_in = phase_of(what.stopped);
  made.error = what.error;
  if (!made.error && !device) made.error = device.error();
  if (made.error && is_refusal(*made.error)) made.device_status = made.error->status;
  if (made.outcome == Outcome::verify_failed) made.device_status = device->update_status;
  return made;
}

void Errand::enter(Phase phase) {
  listener_.progress(
      {.phase = phase, .bytes_done = sent_, .bytes_total = image_.code_size, .at = clock_.now()});
}

}  // namespace

bool can_continue(const Report& report) {
  if (report.home == nullptr) return false;
  const std::span<const Step> steps = steps_of(report.home->next);
  return std::find(steps.begin(), steps.end(), Step::run) != steps.end();
}

Report carry_out(const Plan& plan, const image::Image& image, mei::MeiDevice& device,
                 base::Clock& clock, ProgressListener& listener, const TpmWay* tpm,
                 const base::Secret* password) {
  MEBENCH_PROMISE(plan.shown_alone.empty(), "a plan that is shown alone is not carried out");
  return Errand(plan, image, device, clock, listener, tpm, password).run();
}

}  // namespace updater::update
