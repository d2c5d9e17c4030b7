// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/advice_world.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/engine/actions.h"
#include "scenarios/engine/world.h"
#include "scenarios/field/question.h"

namespace scenarios::field {
namespace {

/// The image's path stays, the rest is of the advice.
engine::Meupdate update_command(const ReplayCommand& command, const UpdateWay& way) {
  engine::Meupdate update;
  update.arguments = {command.arguments[0], command.arguments[1], "-y"};
  update.arguments.insert(update.arguments.end(), way.arguments.begin(), way.arguments.end());
  if (!way.needs_secret) return update;
  const auto secret = with_owner_passphrase(owner_passphrase().name);
  update.arguments.insert(update.arguments.end(), secret.begin(), secret.end());
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

}  // namespace

AdviceWorld::AdviceWorld(ReplayCommand command, const Circumstances& circumstances,
                         const std::string& profile, BoardMaker& maker, std::string scratch)
    : circumstances_(circumstances),
      command_(std::move(command)),
      maker_(maker),
      scratch_(std::move(scratch)) {
  Circumstances with_right_image = both(circumstances, on_a_small_board());
  with_right_image.image = Circumstances::Image::right;
  story_ = story_of(command_, with_right_image, profile);
  story_.files = {owner_passphrase()};
  circumstances_.set = story_.set;
}

base::Result<void> AdviceWorld::begin() {
  const auto machine = maker_.booted(story_.machine, circumstances_);
  if (!machine) return machine.error();
  const bool fits = fit_image((*machine)->profile().firmware.identity, story_.images.front());
  had_wrong_image_ = !fits || circumstances_.image != Circumstances::Image::right;
  look_ = look_at(**machine);
  look_.hangs = !circumstances_.faults.empty();
  return {};
}

bool AdviceWorld::ends_well(const std::vector<std::size_t>& actions, const UpdateWay& update) {
  const std::string key = fmt::format("{}:{}", update.id, fmt::join(actions, ","));
  if (const auto known = outcomes_.find(key); known != outcomes_.end()) return known->second;
  const bool good = play(actions, update);
  outcomes_[key] = good;
  return good;
}

bool AdviceWorld::play(const std::vector<std::size_t>& actions, const UpdateWay& update) {
  auto machine = maker_.booted(story_.machine, circumstances_);
  if (!machine) return false;
  engine::World world(story_, scratch_, nullptr);
  world.begin_on(std::move(*machine));
  if (!lend_images(story_, maker_, world)) return false;
  carry_out(actions, world.machine());
  BoardLook look = look_;
  for (const std::size_t action : actions) person_actions()[action].change(look);
  if (look.hangs) {
    for (const auto& fault : circumstances_.faults) world.machine().faults().arm(fault);
  }
  const engine::Outcome outcome = perform(update_command(command_, update), world);
  return outcome.script_error.empty() && outcome.exit == 0 &&
         world.machine().firmware().running_version() == story_.images.front().version;
}

}  // namespace scenarios::field
