// SPDX-License-Identifier: BSD-3-Clause
#include "emulator/tpm/identity.h"

#include "protocol/tpm/frame.h"

namespace emulator::tpm {
namespace {

using base::Bytes;
using base::ByteView;
using base::ByteWriter;
using namespace protocol::tpm;

constexpr std::size_t kTicksAt = kHeaderSize + 2;

/// TPM_CAP_VERSION is TPM_STRUCT_VER: "MUST be 1.1.0.0" on every TPM 1.2 (TPM Main Part 2, section
/// 5.1). What the TPM is stands in TPM_CAP_VERSION_VAL alone.
constexpr TpmVersion kStructVersion = {.major = 1, .minor = 1, .rev_major = 0, .rev_minor = 0};

Bytes version_info(const IdentityFacts& facts, ByteView original) {
  VersionInfo info = decode_version_info(original).value_or(VersionInfo{});
  info.version = tpm_version(facts.version);
  info.vendor = facts.vendor;
  info.vendor_specific =
      to_bytes(BuildRecord{.hotfix = facts.version.hotfix, .build = facts.version.build});
  return to_bytes(info);
}

Bytes lockout_info(const IdentityFacts& facts, ByteView original) {
  if (decode_da_info(original)) return to_bytes(facts.lockout);
  return to_bytes(DaInfoLimited{.active = facts.lockout.active,
                                .actions = facts.lockout.actions,
                                .vendor_data = facts.lockout.vendor_data});
}

/// The capability's data as the iTPM has it, or nothing when libtpms' stands.
std::optional<Bytes> replaced(const IdentityFacts& facts, const CapabilityRequest& request,
                              ByteView original) {
  switch (request.area) {
    case CapArea::property:
      if (number_of(request) != kCapPropManufacturer) return std::nullopt;
      return Bytes(facts.vendor.begin(), facts.vendor.end());
    case CapArea::version:
      return to_bytes(kStructVersion);
    case CapArea::version_val:
      return version_info(facts, original);
    case CapArea::da_logic:
      return lockout_info(facts, original);
    case CapArea::ord:
      if (number_of(request) != static_cast<std::uint32_t>(Ordinal::field_upgrade))
        return std::nullopt;
      return Bytes{1};
    case CapArea::flag:
    case CapArea::mfr:
    case CapArea::handle:
      break;
  }
  return std::nullopt;
}

Bytes capability(const IdentityFacts& facts, ByteView command, Bytes response) {
  const auto request = decode_capability_request(command);
  const auto data = decode_capability_response(response);
  if (!request || !data) return response;
  const auto ours = replaced(facts, *request, *data);
  return ours ? capability_response(*ours) : response;
}

/// libtpms counts microseconds of the host's clock; the iTPM those of the simulation.
Bytes ticks(const IdentityFacts& facts, Bytes response) {
  if (response.size() < kTicksAt + 8) return response;
  const auto microseconds = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(facts.since_power_on).count());
  ByteWriter out(base::MutableByteView(response).subspan(kTicksAt, 8));
  out.be32(static_cast<std::uint32_t>(microseconds >> 32));
  out.be32(static_cast<std::uint32_t>(microseconds));
  return response;
}

}  // namespace

TpmVersion tpm_version(const protocol::FirmwareVersion& version) {
  return {.major = 1,
          .minor = 2,
          .rev_major = static_cast<std::uint8_t>(version.major),
          .rev_minor = static_cast<std::uint8_t>(version.minor)};
}

Bytes as_itpm(const IdentityFacts& facts, ByteView command, Bytes response) {
  const auto request = decode_command(command);
  if (!request) return response;
  if (request->ordinal == Ordinal::get_capability)
    return capability(facts, command, std::move(response));
  if (request->ordinal == Ordinal::get_ticks) return ticks(facts, std::move(response));
  return response;
}

}  // namespace emulator::tpm
