// SPDX-License-Identifier: BSD-3-Clause
#include "updater/tpm/tpm12_client.h"

#include <algorithm>

#include "updater/tpm/tpm_limits.h"

namespace updater::tpm {

using base::Bytes;
using base::ByteView;
using base::Duration;
using base::Errc;
using base::Error;
using base::Result;
using namespace protocol::tpm;

namespace {

/// A TPM that gives a smaller number means milliseconds, whatever the specification says
/// (Linux tpm1_get_timeouts).
constexpr std::uint32_t kLeastMicroseconds = 1000;

Duration interval(std::uint32_t number) {
  if (number < kLeastMicroseconds) return std::chrono::milliseconds(number);
  return std::chrono::microseconds(number);
}

Error malformed(const char* what) {
  return {Errc::protocol, std::string("asking the TPM for ") + what + ": the answer is malformed"};
}

template <std::size_t N>
std::optional<std::array<Duration, N>> decode_intervals(ByteView data) {
  base::ByteReader in(data);
  std::array<Duration, N> out{};
  for (Duration& each : out) each = interval(in.be32());
  if (!in.finished()) return std::nullopt;
  return out;
}

}  // namespace

const char* name(StartUp state) {
  switch (state) {
    case StartUp::running:
      return "running";
    case StartUp::not_started:
      return "not_started";
    case StartUp::self_test_due:
      return "self_test_due";
    case StartUp::self_test_runs:
      return "self_test_runs";
    case StartUp::self_test_failed:
      return "self_test_failed";
  }
  return "unknown";
}

std::optional<std::uint16_t> LockoutState::tries_left() const {
  if (active) return std::uint16_t{0};
  if (!failures || !threshold || *threshold == 0) return std::nullopt;
  return static_cast<std::uint16_t>(*threshold - std::min(*threshold, *failures));
}

Result<Bytes> Tpm12Client::capability(ByteView command) {
  const auto answer = link_.run(command);
  if (!answer) return answer.error();
  const auto data = decode_capability_response(*answer);
  if (!data) return malformed("a capability");
  return Bytes(data->begin(), data->end());
}

Result<VendorId> Tpm12Client::manufacturer() {
  const auto data = capability(capability_command(CapArea::property, kCapPropManufacturer));
  if (!data) return data.error();
  if (data->size() != std::tuple_size_v<VendorId>) return malformed("its manufacturer");
  return base::ByteReader(*data).array<4>();
}

Result<VersionInfo> Tpm12Client::version() {
  const auto data = capability(capability_command(CapArea::version_val));
  if (!data) return data.error();
  const auto version = decode_version_info(*data);
  if (!version) return malformed("its version");
  return *version;
}

Result<PermanentFlags> Tpm12Client::permanent_flags() {
  const auto data = capability(capability_command(CapArea::flag, kCapFlagPermanent));
  if (!data) return data.error();
  const auto flags = decode_permanent_flags(*data);
  if (!flags) return malformed("its permanent flags");
  return *flags;
}

Result<StclearFlags> Tpm12Client::volatile_flags() {
  const auto data = capability(capability_command(CapArea::flag, kCapFlagVolatile));
  if (!data) return data.error();
  const auto flags = decode_stclear_flags(*data);
  if (!flags) return malformed("its flags of this boot");
  return *flags;
}

Result<Tpm12Client::Owner> Tpm12Client::owner() {
  const auto data = capability(capability_command(CapArea::property, kCapPropOwner));
  if (!data) return data.error();
  if (data->size() != 1) return malformed("its owner");
  return data->front() != 0 ? Owner::installed : Owner::none;
}

Result<LockoutState> Tpm12Client::lockout() {
  const auto data = capability(da_logic_command());
  if (!data) return data.error();
  if (const auto info = decode_da_info(*data)) {
    LockoutState state{.active = info->active,
                       .failures = info->current_count,
                       .threshold = info->threshold_count,
                       .seconds_left = {},
                       .vendor_data = info->vendor_data};
    if (info->active) state.seconds_left = info->action_depend_value;
    return state;
  }
  const auto limited = decode_da_info_limited(*data);
  if (!limited) return malformed("its lockout");
  LockoutState state;
  state.active = limited->active;
  state.vendor_data = limited->vendor_data;
  return state;
}

Result<InterfaceTimeouts> Tpm12Client::timeouts() {
  const auto data = capability(capability_command(CapArea::property, kCapPropTisTimeouts));
  if (!data) return data.error();
  const auto decoded = decode_intervals<4>(*data);
  if (!decoded) return malformed("its time-outs");
  return InterfaceTimeouts{.abcd = *decoded};
}

Result<CommandDurations> Tpm12Client::durations() {
  const auto data = capability(capability_command(CapArea::property, kCapPropDurations));
  if (!data) return data.error();
  const auto decoded = decode_intervals<3>(*data);
  if (!decoded) return malformed("its durations");
  return CommandDurations{.short_medium_long = *decoded};
}

Result<Tpm12Client::Support> Tpm12Client::support_of(Ordinal ordinal) {
  const auto data =
      capability(capability_command(CapArea::ord, static_cast<std::uint32_t>(ordinal)));
  if (!data) return data.error();
  if (data->size() != 1) return malformed("one of its commands");
  return data->front() != 0 ? Support::yes : Support::no;
}

Result<protocol::BoardId> Tpm12Client::board_id() {
  const auto data = capability(capability_command(CapArea::mfr, kCapMfrBoardId));
  if (!data) return data.error();
  const auto record = decode_board_record(*data);
  if (!record) return malformed("its board");
  return record->id;
}

// One question without asking again: the codes that Tpm12Link would wait out are the answer here.
Result<StartUp> Tpm12Client::start_up() {
  const auto answer =
      link_.run_once(capability_command(CapArea::flag, kCapFlagPermanent), kQuickLimit);
  if (answer) return StartUp::running;
  const Error& error = answer.error();
  if (is(error, ReturnCode::invalid_post_init)) return StartUp::not_started;
  if (is(error, ReturnCode::needs_self_test)) return StartUp::self_test_due;
  if (is(error, ReturnCode::doing_self_test)) return StartUp::self_test_runs;
  if (is(error, ReturnCode::failed_self_test)) return StartUp::self_test_failed;
  return error;
}

Result<void> Tpm12Client::self_test() {
  const auto tested = link_.run(bare_command(Ordinal::self_test_full));
  if (!tested) return tested.error();
  return {};
}

Result<Bytes> Tpm12Client::self_test_result() {
  const auto answer = link_.run(bare_command(Ordinal::get_test_result));
  if (!answer) return answer.error();
  base::ByteReader in(decode_response(*answer)->body);
  const std::uint32_t size = in.be32();
  const ByteView data = in.bytes(size);
  if (!in.finished()) return malformed("its self-test's result");
  return Bytes(data.begin(), data.end());
}

}  // namespace updater::tpm
