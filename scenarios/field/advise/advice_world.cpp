// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advise/advice_world.h"

#include <algorithm>
#include <utility>

#include "base/lines.h"
#include "scenarios/engine/actions.h"
#include "scenarios/engine/world.h"
#include "scenarios/field/explain/question_parts.h"
#include "updater/report/json.h"
#include "updater/report/people.h"

namespace scenarios::field {
namespace {

/// The image's path stays, the rest is of the advice.
engine::Meupdate update_command(const ReplayCommand& command, const UpdateWay& way) {
  engine::Meupdate update;
  update.arguments = {command.arguments[0], command.arguments[1], "-y"};
  update.arguments.insert(update.arguments.end(), way.arguments.begin(), way.arguments.end());
  const auto add = [&update](const std::vector<std::string>& words) {
    update.arguments.insert(update.arguments.end(), words.begin(), words.end());
  };
  if (way.needs_secret) add(with_owner_passphrase(owner_passphrase().name));
  if (way.needs_update_password) add(with_update_password(update_password()));
  return update;
}

/// Whether it is for this board and newer than its firmware; made so when it is not.
bool fit_image(const emulator::firmware::Identity& board, engine::ImageSpec& image) {
  const bool sku = !image.sku || *image.sku == board.sku;
  const bool version = image.version.major == board.version.major && board.version < image.version;
  image.sku.reset();
  if (!version) {
    image.version = board.version;
    ++image.version.minor;
  }
  return sku && version;
}

/// The last line that is not empty.
std::string end_of(const std::string& text) {
  std::vector<std::string> lines = base::lines_of(text);
  std::erase(lines, "");
  return lines.empty() ? std::string() : lines.back();
}

}  // namespace

AdviceWorld::AdviceWorld(ReplayCommand command, const Circumstances& circumstances,
                         const std::vector<ProfileValue>& profile, const std::string& file,
                         FieldBench& bench)
    : circumstances_(circumstances),
      command_(std::move(command)),
      profile_(&profile),
      bench_(&bench),
      password_was_given_(gives_owner_passphrase(circumstances)) {
  if (circumstances_.image == Circumstances::Image::refused) circumstances_.faults.clear();
  Circumstances with_right_image = both(circumstances_, on_a_small_board());
  with_right_image.image = Circumstances::Image::right;
  story_ = story_of(command_, with_right_image, file);
  story_.files = {owner_passphrase(), update_password()};
  circumstances_.set = with_right_image.set;
}

base::Result<void> AdviceWorld::begin() {
  const auto machine = bench_->maker().booted(story_.machine, circumstances_);
  if (!machine) return machine.error();
  const bool fits = fit_image((*machine)->profile().firmware.identity, story_.images.front());
  log_shows_wrong_image_ = !fits;
  had_wrong_image_ = !fits || circumstances_.image != Circumstances::Image::right;
  look_ = look_at(**machine);
  if ((*machine)->firmware().update_session().last_status() == protocol::mkhi::kUpdateInProgress)
    be_busy_until_the_power_goes();
  const auto& settings = (*machine)->firmware().settings();
  asks_for_password_ = settings.local_update == protocol::mkhi::kLocalUpdatePassword;
  if (asks_for_password_) circumstances_.set[ProfileKey::update_password] = update_password_word();
  look_.hangs = !circumstances_.faults.empty();
  return {};
}

/// No board keeps that an update runs (docs/fidelity.md, field-busy).
void AdviceWorld::be_busy_until_the_power_goes() {
  const Circumstances busy = busy_with_another_update();
  circumstances_.faults.insert(circumstances_.faults.end(), busy.faults.begin(), busy.faults.end());
  circumstances_.set[ProfileKey::last_update_status] = 0u;
}

const UpdateWay& AdviceWorld::way_of_the_report() const {
  const bool tpm = command_.way == ReplayCommand::Way::tpm;
  return *std::find_if(update_ways().begin(), update_ways().end(), [&](const UpdateWay& way) {
    return way.through_tpm == tpm && !way.needs_secret && !way.needs_update_password;
  });
}

BoardLook AdviceWorld::look_behind(Actions actions) const {
  BoardLook look = look_;
  for (const std::size_t action : actions) look = look_after(person_actions()[action], look);
  return look;
}

/// An update over HECI asks nothing of the TPM.
BoardLook AdviceWorld::noticed_by(const UpdateWay& update, BoardLook look) const {
  if (update.through_tpm) return look;
  look.owned = look_.owned;
  look.enabled = look_.enabled;
  look.active = look_.active;
  look.lockout = look_.lockout;
  look.unowned_allowed = look_.unowned_allowed;
  return look;
}

/// What changed is set from the beginning; what did not stays as the explanation has it.
Circumstances AdviceWorld::beginning_as(const BoardLook& look) const {
  Circumstances begun = circumstances_;
  const auto set = [&begun](bool changed, ProfileKey key, KeysValue value) {
    if (changed) begun.set[key] = std::move(value);
  };
  set(look.owned != look_.owned, ProfileKey::ownership, look.owned ? "owned" : "unowned");
  set(look.enabled != look_.enabled, ProfileKey::tpm_enabled, look.enabled);
  set(look.active != look_.active, ProfileKey::tpm_active, look.active);
  set(look_.lockout && !look.lockout, ProfileKey::failed_attempts, 0u);
  set(look_.local_update_open != look.local_update_open, ProfileKey::local_update, "enabled");
  begun.set = what_changes(begun.set, *profile_);
  if (!look.hangs) begun.faults.clear();
  return begun;
}

std::vector<std::size_t> AdviceWorld::actions_left_to(const BoardLook& look) const {
  using protocol::amthi::ProvisioningState;
  std::vector<std::size_t> actions;
  if (look.provisioning != look_.provisioning)
    actions.push_back(
        action_called(look.provisioning == ProvisioningState::pre ? "unprovision" : "provision"));
  if (look.unowned_allowed) actions.push_back(action_called("tpm-allow-unowned"));
  return actions;
}

bool AdviceWorld::ends_well(Actions actions, const UpdateWay& update) const {
  const BoardLook look = noticed_by(update, look_behind(actions));
  const Circumstances begun = beginning_as(look);
  TriedUpdate key{.profile = story_.machine,
                  .board = without_what_was_typed(begun),
                  .provisioning = look.provisioning,
                  .unowned_allowed = look.unowned_allowed,
                  .way = update.id,
                  .image = story_.images.front().version};
  key.board.passing.clear();
  key.board.image = Circumstances::Image::right;
  if (const auto known = bench_->ends().find(key); known != bench_->ends().end())
    return known->second;
  auto machine = bench_->maker().booted(story_.machine, begun);
  if (!machine) return false;
  carry_out(actions_left_to(look), **machine);
  return bench_->ends()[key] =
             play(std::move(*machine), look, update_command(command_, update)).updated;
}

bool AdviceWorld::ends_well_step_by_step(Actions actions, const UpdateWay& update) const {
  return play_step_by_step(actions, update_command(command_, update)).updated;
}

std::string AdviceWorld::last_words(const UpdateWay& update) const {
  const engine::Meupdate in_words = update_command(command_, update);
  engine::Meupdate as_document = in_words;
  as_document.arguments.insert(as_document.arguments.end(), {"--format", "json"});
  if (const auto refusal = updater::report::refusal_in(play_step_by_step({}, as_document).printed))
    return updater::report::refusal_line(*refusal);
  const Played played = play_step_by_step({}, in_words);
  return end_of(played.complained.empty() ? played.printed : played.complained);
}

AdviceWorld::Played AdviceWorld::play_step_by_step(Actions actions,
                                                   const engine::Meupdate& update) const {
  auto machine = bench_->maker().booted(story_.machine, circumstances_);
  if (!machine) return {};
  carry_out(actions, **machine);
  return play(std::move(*machine), look_behind(actions), update);
}

AdviceWorld::Played AdviceWorld::play(std::unique_ptr<emulator::machine::Machine> machine,
                                      const BoardLook& look, const engine::Meupdate& update) const {
  engine::World world(story_, bench_->scratch(), nullptr);
  world.begin_on(std::move(machine));
  if (!lend_images(story_, bench_->maker(), world)) return {};
  if (look.hangs) {
    for (const auto& fault : circumstances_.faults) world.machine().faults().arm(fault);
  }
  const engine::StepOutcome outcome = perform(update, world);
  const bool updated =
      outcome.script_error.empty() && outcome.exit == 0 &&
      world.machine().firmware().running_version() == story_.images.front().version;
  return {updated, outcome.out, outcome.err};
}

}  // namespace scenarios::field
