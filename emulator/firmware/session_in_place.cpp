// SPDX-License-Identifier: BSD-3-Clause
// Updates from ME 6 on. The update file waits in memory until END. Then FTPR goes to FTUP, over
// NFTP, and from there into its place, and NFTP comes last: at every moment one whole FTPR is on
// the flash, and a board whose update is cut comes up with it and takes another one. The order is
// this project's choice (docs/fidelity.md).
#include <algorithm>

#include "emulator/firmware/session.h"

namespace emulator::firmware {
namespace {

/// A partition's name as START has it: four characters.
std::string name_of_part(std::uint32_t id) {
  std::string name;
  for (unsigned shift = 0; shift < 32; shift += 8) {
    const char c = static_cast<char>(id >> shift);
    if (c != 0) name.push_back(c);
  }
  return name;
}

/// Numbers of the tool family begin here; the firmware's own are smaller.
constexpr std::uint32_t kFirstToolError = 8192;

}  // namespace

const protocol::Generation& Session::generation() const {
  return protocol::nearest_generation(parts_.config.identity.version.major);
}

bool Session::is_in_place() const {
  return generation().manifest != protocol::image::ManifestForm::man;
}

std::uint32_t Session::word_of(Error status) const {
  const std::uint32_t number = protocol::update::number(status);
  const bool own_numbers = generation().statuses.value == protocol::fwu::StatusNumbers::own;
  if (!own_numbers || (number != 0 && number < kFirstToolError)) return number;
  return protocol::fwu::number(protocol::fwu::status_for(status));
}

std::uint32_t Session::taken() const {
  return is_in_place() ? static_cast<std::uint32_t>(held_.size()) : writer_.written();
}

Session::Error Session::refusal_of_kind() const {
  if (!is_in_place() || asked_kind_ == kFullUpdate) return Error::success;
  // CSME 15 answered so to length 0 whatever the kind.
  const bool second_form = generation().start.value == protocol::fwu::StartForm::b;
  if (second_form && asked_length_ == 0) return own(Status::partition_not_in_image);
  if (asked_kind_ != kPartialUpdate) return own(Status::partition_not_in_image);
  if (parts_.running.path == BootPath::recovery) return own(Status::partial_in_recovery);
  const bool is_there = parts_.running.layout.part.size != 0 &&
                        name_of_part(asked_part_) == parts_.config.identity.engine.part.name;
  return is_there ? Error::success : own(Status::partition_absent);
}

Session::Error Session::refusal_of_length() const {
  const Layout& layout = parts_.running.layout;
  if (!is_in_place()) {
    const bool fits = asked_length_ != 0 && asked_length_ <= layout.staging.size;
    return fits ? Error::success : Error::invalid_length;
  }
  if (asked_length_ == 0) return own(Status::memory);
  const std::uint64_t room = std::uint64_t{layout.recovery.size} + layout.code.size +
                             layout.part.size + parts_.flash.geometry().sector_size;
  // A CSME 15 took a START and the DATA of a whole file, and only at END said that it is none.
  const bool takes_whole_file = generation().start.value == protocol::fwu::StartForm::b;
  return asked_length_ <= (takes_whole_file ? 2 * room : room) ? Error::success
                                                               : own(Status::too_big);
}

Session::Error Session::judge_update_file() const {
  const UpdateFile file = read_update_file(held_, parts_.config.identity.key_md5, generation());
  if (file.fault != Status::ok) return own(file.fault);
  const FilePart& first = *file.find("FTPR");
  if (first.code.manifest.version != file.find("NFTP")->code.manifest.version)
    return own(Status::nftp_invalid);
  if (first.code.manifest.version.major != parts_.running.version.major)
    return Error::version_mismatch;
  if (first.code.sku != parts_.config.identity.sku) return Error::sku_mismatch;
  if (const Error e = judge_security(first); e != Error::success) return e;
  if (const Error e = judge_parts(file); e != Error::success) return e;
  if (asked_kind_ == kPartialUpdate) return Error::success;
  const Error verdict = refusal_of_version(first.code.manifest.version);
  return verdict == Error::success ? verdict : own(Status::vetoed);
}

/// What was fused never goes back, whatever the policy says of versions.
Session::Error Session::judge_security(const FilePart& first) const {
  const protocol::image::Manifest& offered = first.code.manifest;
  const Engine& engine = parts_.config.identity.engine;
  const std::uint32_t least =
      std::max(parts_.running.security_version, engine.fused_security_version);
  if (offered.security_version < least) return own(Status::security_version);
  if (offered.control_number < parts_.running.control_number)
    return own(Status::version_control_number);
  return Error::success;
}

Session::Error Session::judge_parts(const UpdateFile& file) const {
  const Layout& layout = parts_.running.layout;
  const std::string& name = parts_.config.identity.engine.part.name;
  const FilePart* part = name.empty() ? nullptr : file.find(name);
  if (asked_kind_ == kPartialUpdate && part == nullptr) return own(Status::partition_not_in_image);
  const bool fits = file.find("FTPR")->size == layout.recovery.size &&
                    file.find("NFTP")->size == layout.code.size &&
                    (part == nullptr || part->size == layout.part.size);
  if (!fits) return Error::partition_layout;
  return part == nullptr ? Error::success : judge_part(*part);
}

/// From CSME 11 on the parts have security versions and control numbers of their own (public lists
/// of status numbers). One that is damaged on the flash stands in nobody's way.
Session::Error Session::judge_part(const FilePart& part) const {
  if (generation().manifest <= protocol::image::ManifestForm::mn2) return Error::success;
  const Extent& place = parts_.running.layout.part;
  const CheckedCode own_part =
      check_partition(parts_.flash.view(place.base, place.size), parts_.config.identity.key_md5,
                      generation().manifest);
  if (own_part.fault != CodeFault::none) return Error::success;
  if (part.code.manifest.security_version < own_part.manifest.security_version)
    return own(Status::part_security_version);
  if (part.code.manifest.control_number < own_part.manifest.control_number)
    return own(Status::part_control_number);
  return Error::success;
}

/// Empty where what is held is no update file.
std::vector<Copy> Session::planned_copies() const {
  const Layout& layout = parts_.running.layout;
  if (!is_in_place()) return {{.from = 0, .to = layout.code.base, .size = image_length_}};
  const UpdateFile file = read_update_file(held_, parts_.config.identity.key_md5, generation());
  if (file.fault != Status::ok || judge_parts(file) != Error::success) return {};
  const FilePart* part = file.find(parts_.config.identity.engine.part.name);
  std::vector<Copy> copies;
  const auto add = [&](const FilePart& from, const Extent& to) {
    copies.push_back({.from = from.offset, .to = to.base, .size = from.size});
  };
  if (asked_kind_ == kFullUpdate) {
    // Where the copy in FTUP is what runs, it stays until FTPR is whole.
    if (!parts_.running.first_code_failed) add(*file.find("FTPR"), layout.staging);
    add(*file.find("FTPR"), layout.recovery);
    add(*file.find("NFTP"), layout.code);
  }
  if (part != nullptr && layout.part.size != 0) add(*part, layout.part);
  return copies;
}

/// Each copy is read back before the next one takes the place of what would still run.
bool Session::is_written(const Copy& copy) const {
  const base::ByteView found = parts_.flash.view(copy.to, copy.size);
  return std::equal(found.begin(), found.end(), held_.begin() + copy.from);
}

/// What a damaged file may break.
bool Session::copies_fit() const {
  if (held_.size() > image_length_) return false;
  if (state_ != SessionState::committing) return true;
  if (step_ != Step::copying && step_ != Step::storing) return false;
  const bool done = copy_ == copies_.size() && step_ == Step::storing;
  return done || (copy_ < copies_.size() && writer_.base() == copies_[copy_].to &&
                  writer_.stays_within(copies_[copy_].size));
}

SessionProgress Session::progress() const {
  const std::uint32_t stages = parts_.config.identity.engine.stages;
  SessionProgress out{.stages = stages};
  if (state_ == SessionState::verifying) out.stage = 1;
  if (state_ == SessionState::committed) {
    out.stage = stages;
    out.reset_type = reset_type(Error::success);
  }
  if (state_ == SessionState::committing) {
    std::uint64_t all = 0;
    std::uint64_t done = writer_.written();
    for (std::size_t i = 0; i < copies_.size(); ++i) {
      all += copies_[i].size;
      if (i < copy_) done += copies_[i].size;
    }
    // The last stage is over when the result is stored.
    const std::uint64_t of = stages > 2 ? stages - 2 : 0;
    out.stage = 1 + static_cast<std::uint32_t>(all == 0 ? 0 : std::min(of, of * done / all));
  }
  out.percent = stages == 0 ? 0 : out.stage * 100 / stages;
  return out;
}

}  // namespace emulator::firmware
