// SPDX-License-Identifier: BSD-3-Clause
// A TPM that says what a test tells it to: the double at the TpmTransport seam. Its values at the
// start are those of the Esprimo's DOS log.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/tpm/capability.h"
#include "protocol/tpm/frame.h"
#include "updater/tpm/tpm_transport.h"

namespace tests {

class ScriptedTpm : public updater::tpm::TpmTransport {
 public:
  using Answer = base::Result<base::Bytes>;
  using Handler = std::function<Answer(base::ByteView command)>;

  std::string tpm_name = "/dev/tpm0";
  protocol::tpm::VendorId vendor = protocol::tpm::kVendorIntel;
  protocol::tpm::VersionInfo version{
      .version = {.major = 1, .minor = 2, .rev_major = 5, .rev_minor = 0},
      .vendor = protocol::tpm::kVendorIntel,
      .vendor_specific = to_bytes(protocol::tpm::BuildRecord{.hotfix = 1, .build = 1111})};
  protocol::tpm::PermanentFlags permanent{.deactivated = true,
                                          .physical_presence_cmd_enable = true};
  protocol::tpm::StclearFlags this_boot{.deactivated = true, .physical_presence_lock = true};
  bool owned = true;
  bool knows_upgrade = true;
  protocol::tpm::DaInfo lockout{
      .threshold_count = 10,
      .vendor_data = to_bytes(protocol::tpm::LockoutRecord{
          .threshold = 10, .initial_seconds = 240, .multiplier = 2, .fade_out_seconds = 3600})};

  std::optional<base::Error> dead;  ///< every command ends in it
  std::map<protocol::tpm::Ordinal, Handler> handlers;
  std::vector<base::Bytes> sent;

  std::string name() const override { return tpm_name; }

  Answer transmit(base::ByteView command, base::Duration) override {
    sent.emplace_back(command.begin(), command.end());
    if (dead) return *dead;
    const auto ordinal = protocol::tpm::decode_command(command)->ordinal;
    if (const auto handler = handlers.find(ordinal); handler != handlers.end())
      return handler->second(command);
    if (ordinal == protocol::tpm::Ordinal::get_capability) return capability(command);
    return says(protocol::tpm::ReturnCode::bad_ordinal);
  }

  static base::Bytes says(protocol::tpm::ReturnCode code) {
    return protocol::tpm::error_response(code);
  }
  /// `ordinal` is answered with this code from now on.
  void refuse(protocol::tpm::Ordinal ordinal, protocol::tpm::ReturnCode code) {
    handlers[ordinal] = [code](base::ByteView) { return Answer(says(code)); };
  }

 private:
  base::Bytes capability(base::ByteView command) const {
    using namespace protocol::tpm;
    const auto request = decode_capability_request(command).value();
    const std::uint32_t number = number_of(request).value_or(0);
    if (request.area == CapArea::version_val) return capability_response(to_bytes(version));
    if (request.area == CapArea::da_logic) return capability_response(to_bytes(lockout));
    if (request.area == CapArea::ord)
      return capability_response(base::Bytes{std::uint8_t{knows_upgrade}});
    if (number == kCapFlagPermanent) return capability_response(to_bytes(permanent));
    if (number == kCapFlagVolatile) return capability_response(to_bytes(this_boot));
    if (number == kCapPropManufacturer) return capability_response(vendor);
    if (number == kCapPropOwner) return capability_response(base::Bytes{std::uint8_t{owned}});
    return says(ReturnCode::bad_parameter);
  }
};

}  // namespace tests
