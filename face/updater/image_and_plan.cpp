// SPDX-License-Identifier: BSD-3-Clause
// The updater of the public face: images and plans, which are only looked at.
#include <fmt/format.h>

#include <utility>

#include "face/convert.h"
#include "face/updater/parts.h"
#include "updater/report/json.h"

namespace mebench {
namespace {

using face::shown;
using updater::update::NothingToDo;
using updater::update::Refusal;

/// Of a plan that is ready.
std::string summary(const updater::update::Plan& plan) {
  return fmt::format("{} -> {} over {}, {} bytes", to_text(plan.from), to_text(plan.to),
                     updater::update::name(plan.way), plan.bytes);
}

}  // namespace

Image::Image(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Image::~Image() = default;
Image::Image(Image&&) noexcept = default;
Image& Image::operator=(Image&&) noexcept = default;

Result<Image> Image::parse(Bytes file) {
  auto parsed = updater::image::parse(std::move(file));
  if (!parsed.image) return Error{Errc::invalid, to_text(*parsed.defect)};
  auto parts = std::make_unique<Parts>(Parts{.image = std::move(*parsed.image), .defects = {}});
  parts->defects = updater::image::verify(parts->image);
  return Image(std::move(parts));
}

FirmwareVersion Image::version() const {
  return shown(parts_->image.version());
}
std::uint32_t Image::sku() const {
  return parts_->image.sku;
}
std::size_t Image::bytes_to_transfer() const {
  return parts_->image.code_size;
}
std::vector<std::string> Image::defects() const {
  std::vector<std::string> out;
  for (const auto& defect : parts_->defects) out.push_back(to_text(defect));
  return out;
}

Plan::Plan(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Plan::~Plan() = default;
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;

Verdict Plan::verdict() const {
  if (std::holds_alternative<Refusal>(parts_->decision)) return Verdict::refused;
  return parts_->ready() != nullptr ? Verdict::ready : Verdict::nothing_to_do;
}

std::string Plan::text() const {
  if (const auto* refusal = std::get_if<Refusal>(&parts_->decision)) return refusal->what;
  if (const auto* nothing = std::get_if<NothingToDo>(&parts_->decision)) return nothing->what;
  return summary(*parts_->ready());
}

std::string Plan::refusal() const {
  const auto* refusal = std::get_if<Refusal>(&parts_->decision);
  return refusal == nullptr ? "" : refusal->id;
}

std::string Plan::next_step() const {
  const auto* refusal = std::get_if<Refusal>(&parts_->decision);
  return refusal == nullptr ? "" : refusal->next_step;
}

std::uint32_t Plan::tool_error() const {
  const auto* refusal = std::get_if<Refusal>(&parts_->decision);
  if (refusal == nullptr || !refusal->tool_error) return 0;
  return static_cast<std::uint32_t>(*refusal->tool_error);
}

Via Plan::way() const {
  const auto* plan = parts_->ready();
  if (plan == nullptr) return Via::automatic;
  return plan->way == updater::update::Way::tpm ? Via::tpm : Via::heci;
}

FirmwareVersion Plan::from() const {
  const auto* plan = parts_->ready();
  return plan == nullptr ? FirmwareVersion{} : shown(plan->from);
}

FirmwareVersion Plan::to() const {
  const auto* plan = parts_->ready();
  return plan == nullptr ? FirmwareVersion{} : shown(plan->to);
}

std::vector<std::string> Plan::warnings() const {
  const auto* plan = parts_->ready();
  return plan == nullptr ? std::vector<std::string>{} : plan->warnings;
}

std::vector<std::string> Plan::lost() const {
  const auto* plan = parts_->ready();
  return plan == nullptr ? std::vector<std::string>{} : plan->lost;
}

std::string Plan::json() const {
  using updater::report::Json;
  if (const auto* refusal = std::get_if<Refusal>(&parts_->decision))
    return updater::report::document(updater::report::refusal_json(*refusal));
  if (const auto* plan = parts_->ready())
    return updater::report::document(updater::report::plan_json(*plan));
  return updater::report::document(Json{{"nothing_to_do", text()}});
}

}  // namespace mebench
