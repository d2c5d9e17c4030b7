// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/machine/saved_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "emulator/machine/describe_profile.h"
#include "emulator/sim/archive.h"
#include "protocol/image/signature.h"

namespace emulator::machine {
namespace {

using base::Errc;
using base::Error;
using protocol::FirmwareVersion;

constexpr std::string_view kMagic = "MESIMSAV";
constexpr std::size_t kLongestName = 255;

/// The visitor that lays a board's values one behind the other.
class ListValues {
 public:
  explicit ListValues(sim::Archive& archive) : archive_(archive) {}

  template <class T, class... Rules>
  void key(std::string_view, T& value, const Rules&...) {
    list(value);
  }
  void required(std::string_view, FirmwareVersion& value, std::string_view) { list(value); }
  void key_or(std::string_view, FirmwareVersion& value, const FirmwareVersion&, std::string_view) {
    list(value);
  }
  void bytes(std::string_view, base::MutableByteView value) { archive_.value(value); }
  void ipv4(std::string_view, std::uint32_t& value) { list(value); }
  template <class T>
  void follows(T& value) {
    list(value);
  }
  template <class T>
  void table(std::string_view, T&& value) {
    describe(*this, value);
  }
  template <class T>
  void required_table(std::string_view, T&& value, std::string_view) {
    describe(*this, value);
  }
  /// Of the key the board has the checksum, key_md5.
  void signing_key(std::string_view, const Profile&) {}
  template <class Complaint>
  void check(std::string_view, const Complaint&) {}

 private:
  template <class T>
  void list(T& value) {
    archive_.value(value);
  }
  void list(FirmwareVersion& v) {
    for (std::uint16_t* number : {&v.major, &v.minor, &v.hotfix, &v.build}) list(*number);
  }
  void list(std::optional<std::uint8_t>& value) {
    std::uint8_t number = value.value_or(0);
    list(number);
  }

  sim::Archive& archive_;
};

/// Everything that shapes the machine. The host's operating system does not.
protocol::image::Sha1 fingerprint(Profile profile) {
  sim::Archive archive = sim::Archive::saving();
  ListValues values(archive);
  describe_board(values, profile);
  return protocol::image::sha1(archive.saved());
}

}  // namespace

base::Bytes with_saved_header(const Profile& profile, base::ByteView state) {
  const std::string name = profile.name.substr(0, kLongestName);
  const protocol::image::Sha1 print = fingerprint(profile);
  const protocol::image::Sha1 checksum = protocol::image::sha1(state);
  base::Bytes out(kMagic.size() + 4 + 1 + name.size() + print.size() + checksum.size() +
                  state.size());
  base::ByteWriter w(out);
  w.bytes(base::as_bytes(kMagic)).u32(kSavedFormat).u8(static_cast<std::uint8_t>(name.size()));
  w.bytes(base::as_bytes(name)).bytes(print).bytes(checksum).bytes(state);
  return out;
}

base::Result<base::ByteView> without_saved_header(const Profile& profile, base::ByteView saved) {
  base::ByteReader in(saved);
  const base::ByteView magic = in.bytes(kMagic.size());
  if (!std::ranges::equal(magic, base::as_bytes(kMagic)))
    return Error{Errc::invalid, "this is not a saved machine"};
  const std::uint32_t format = in.u32();
  if (in.ok() && format != kSavedFormat) {
    return Error{Errc::invalid,
                 fmt::format("this snapshot has format {}; this program reads format {}", format,
                             kSavedFormat)};
  }
  const base::ByteView name_bytes = in.bytes(in.u8());
  const std::string name(name_bytes.begin(), name_bytes.end());
  const auto print = in.array<20>();
  const auto checksum = in.array<20>();
  if (!in.ok()) return Error{Errc::invalid, "this snapshot ends inside its header"};
  if (name != profile.name.substr(0, kLongestName)) {
    return Error{Errc::invalid, fmt::format("this snapshot is of machine \"{}\", not of \"{}\"",
                                            name, profile.name)};
  }
  if (print != fingerprint(profile)) {
    return Error{Errc::invalid,
                 fmt::format("this snapshot is of \"{}\" with other profile values", name)};
  }
  const base::ByteView state = saved.subspan(in.position());
  if (protocol::image::sha1(state) != checksum) {
    return Error{Errc::invalid, "this snapshot is damaged: its checksum is wrong"};
  }
  return state;
}

}  // namespace emulator::machine
