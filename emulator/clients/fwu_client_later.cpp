// SPDX-License-Identifier: BSD-3-Clause
// What the update client of ME 6 and later is asked besides an update.
#include <algorithm>

#include "emulator/clients/fwu_client.h"
#include "emulator/clients/whole_answer.h"
#include "protocol/mei/fwu_later.h"
#include "protocol/mei/fwu_status.h"

namespace emulator::clients {
namespace {

namespace fwu = protocol::fwu;
using heci::Connection;

constexpr std::size_t kMaxLaterReply =
    fwu::PartialUpdatesReply::size_with(fwu::PartialUpdatesReply::slots_csme15);

bool is_zero(const std::array<std::uint8_t, 16>& id) {
  return std::all_of(id.begin(), id.end(), [](std::uint8_t b) { return b == 0; });
}

}  // namespace

template <class Reply, class... Form>
void FwuClient::answer(Connection to, const Reply& reply, const Form&... form) {
  std::array<std::uint8_t, kMaxLaterReply> bytes{};
  base::ByteWriter out(bytes);
  fwu::encode(out, reply, form...);
  port_.reply(to, whole(out));
}

void FwuClient::answer_later(Connection to, std::uint32_t type, base::ByteView message) {
  switch (static_cast<fwu::Later>(type)) {
    case fwu::Later::feature_state:
    case fwu::Later::feature_capability:
    case fwu::Later::platform_type:
      return answer_word(to, type);
    case fwu::Later::verify_oem_id:
      return answer_oem_check(to, message);
    case fwu::Later::get_oem_id:
      return answer(to, fwu::OemIdReply{.oem_id = firmware_.update_policy().oem_id});
    case fwu::Later::restore_point:
      return answer_restore_point(to);
    case fwu::Later::partial_update_attributes:
      return answer_partial_updates(to);
    case fwu::Later::info_status: {
      const bool recovers = firmware_.boot_path() == firmware::BootPath::recovery;
      const bool runs =
          firmware_.update_session().last_status() == protocol::mkhi::kUpdateInProgress;
      return answer(
          to, fwu::InfoStatusReply{.flags = fwu::kInitDone | (recovers ? fwu::kRecoveryFull : 0u) |
                                            (runs ? fwu::kUpdateRuns : 0u)});
    }
  }
  answer_unknown(to, type);
}

void FwuClient::answer_word(Connection to, std::uint32_t type) {
  const firmware::Identity& identity = firmware_.identity();
  const auto request = static_cast<fwu::Later>(type);
  std::uint32_t word = identity.engine.platform_type;
  if (request == fwu::Later::feature_state) word = identity.engine.feature_state;
  if (request == fwu::Later::feature_capability) word = identity.capabilities;
  answer(to, fwu::WordReply{.request = request, .word = word});
}

/// Zeros are anybody's.
void FwuClient::answer_oem_check(Connection to, base::ByteView message) {
  const auto request = fwu::decode_verify_oem_id_request(message);
  const auto& own = firmware_.update_policy().oem_id;
  fwu::Status status = fwu::Status::ok;
  if (!request) {
    status = fwu::Status::parameter;
  } else if (!is_zero(own) && request->oem_id != own) {
    status = fwu::Status::oem_id;
  }
  answer(to, fwu::VerifyOemIdReply{.status = fwu::number(status)});
}

/// Asked twice in a row, CSME 15 says that one was begun, and then makes it anew.
void FwuClient::answer_restore_point(Connection to) {
  const auto begun = restore_point_made_ ? fwu::Status::restore_point_started : fwu::Status::ok;
  restore_point_made_ = !restore_point_made_;
  answer(to, fwu::RestorePointReply{.status = fwu::number(begun), .bytes = firmware_.code_bytes()});
}

void FwuClient::answer_partial_updates(Connection to) {
  const firmware::PartialPart& part = firmware_.identity().engine.part;
  fwu::PartialUpdatesReply reply;
  if (!part.name.empty()) {
    reply.partitions.push_back({.name = part.name,
                                .load_address = part.load_address,
                                .version = part.version == protocol::FirmwareVersion{}
                                               ? firmware_.running_version()
                                               : part.version,
                                .instance = part.instance,
                                .update_version = part.update_version,
                                .expected_instance = part.expected_instance,
                                .expected_update_version = part.expected_update_version});
  }
  answer(to, reply, std::size_t{generation().part_slots.value});
}

}  // namespace emulator::clients
