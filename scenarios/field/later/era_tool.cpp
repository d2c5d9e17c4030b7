// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/later/era_tool.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "protocol/generation.h"
#include "protocol/heci/firmware_status.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/mkhi.h"
#include "protocol/tools/bios_recovery.h"
#include "protocol/tools/fwupdlcl.h"
#include "protocol/tools/newer_error.h"
#include "protocol/tools/update_status.h"
#include "updater/image/image.h"
#include "updater/inventory/questions.h"
#include "updater/report/explanations.h"
#include "updater/report/fwupdlcl.h"

namespace scenarios::field {
namespace {

using protocol::tools::FwupdlclDialect;
using protocol::tools::Phrase;
using protocol::update::ToolError;
using updater::mei::MeiTransport;
namespace fwu = protocol::fwu;
namespace mkhi = protocol::mkhi;

constexpr base::Duration kAnswer = std::chrono::seconds(30);
constexpr base::Duration kEndAnswer = std::chrono::minutes(10);
constexpr base::Duration kPoll = std::chrono::milliseconds(20);
constexpr base::Duration kPatience = std::chrono::minutes(5);

// Numbers of the newer list (protocol/tools/newer_error.h).
constexpr std::uint32_t kNewerNoDevice = 20;
constexpr std::uint32_t kNewerTimeout = 25;
constexpr std::uint32_t kNewerRecovery = 280;
constexpr std::uint32_t kNewerUnusable = 477;
constexpr std::uint32_t kNewerNoAnswer = 342;

/// An error under its number in the older family and in the newer list.
struct BothNumbers {
  ToolError older;
  std::uint32_t newer;
};

class EraTool {
 public:
  EraTool(const EraUpdate& update, engine::World& world)
      : update_(update),
        world_(world),
        generation_(protocol::nearest_generation(
            world.machine().profile().firmware.identity.version.major)),
        dialect_(protocol::tools::fwupdlcl(generation_.fwupdlcl.value)) {}

  EraRun run();
  EraRun recover();

 private:
  bool is_newer() const { return dialect_.dialect >= FwupdlclDialect::csme12; }
  void say(Phrase phrase) { out_.printed += updater::report::fwupdlcl_line(dialect_, phrase); }
  void fail(BothNumbers error);
  void fail_by(std::uint32_t status);
  void fail_while_writing(BothNumbers error);

  bool is_usable();
  bool lets_in(updater::mei::MeiDevice& device);
  bool is_of_this_engine();
  std::optional<std::uint32_t> send(MeiTransport& fwu);
  std::optional<std::uint32_t> send_data(MeiTransport& fwu);
  std::optional<base::Bytes> exchange(MeiTransport& fwu, base::ByteView request,
                                      base::Duration limit = kAnswer);
  void watch(updater::mei::MeiDevice& device);
  std::optional<mkhi::UpdateProgress> progress(updater::mei::MeiDevice& device);
  void show_stage(const mkhi::UpdateProgress& at);

  const EraUpdate& update_;
  engine::World& world_;
  const protocol::Generation& generation_;
  const protocol::tools::Fwupdlcl& dialect_;
  EraRun out_;
};

void EraTool::fail(BothNumbers error) {
  const std::uint32_t number = is_newer() ? error.newer : protocol::update::number(error.older);
  const auto* known = is_newer() ? nullptr : updater::report::find_tool_error(number);
  out_.printed +=
      updater::report::fwupdlcl_error(number, known == nullptr ? "" : known->meaning, dialect_);
}

/// Once the engine is at work the tool tells that it failed, and then why.
void EraTool::fail_while_writing(BothNumbers error) {
  if (dialect_.tells_failure_twice && error.older != ToolError::update_failed) {
    out_.printed += updater::report::fwupdlcl_error(
        protocol::update::number(ToolError::update_failed), "", dialect_);
  }
  fail(error);
}

void EraTool::fail_by(std::uint32_t status) {
  const auto row = protocol::tools::find_update_status(status);
  const std::uint32_t newer = row && row->tool_error != 0 ? row->tool_error : kNewerNoAnswer;
  fail_while_writing({protocol::tools::older_tool_error(status), newer});
}

/// Whether the file can be read as an update for such engines. Files of a generation that no board
/// is modelled of nobody here reads: the engine judges them.
bool EraTool::is_usable() {
  if (!update_.file) {
    fail({ToolError::file_access, kNewerUnusable});
    return false;
  }
  if (!is_of_this_engine()) return false;
  const auto* of_file = protocol::find_generation(update_.version.major);
  const bool readable = of_file != nullptr && of_file->modelled != protocol::Modelled::no;
  // What is wrong in it from CSME 12 on the engine says.
  if (is_newer() || !readable) return true;
  const auto parsed = updater::image::parse(*update_.file);
  if (parsed.image && parsed.image->kind == updater::image::Kind::update) return true;
  const bool length = parsed.defect && parsed.defect->tool_error == ToolError::invalid_length;
  if (length) say(Phrase::warning);
  fail({length         ? ToolError::invalid_length
        : parsed.image ? ToolError::image_not_supported
                       : protocol::tools::kInvalidFile,
        kNewerUnusable});
  return false;
}

/// Of another major version the older tools cannot tell how the engine wants it: 8727 (a Z420 with
/// 7.1.86 that was given 8.1).
bool EraTool::is_of_this_engine() {
  const auto runs = world_.machine().profile().firmware.identity.version;
  if (!is_newer() && update_.version.major != runs.major) {
    fail({ToolError::parameters_unreadable, kNewerUnusable});
    return false;
  }
  if (update_.looks_at != LooksAt::direction || runs < update_.version) return true;
  fail({update_.version == runs ? ToolError::allow_same_version_required
                                : ToolError::downgrade_vetoed,
        kNewerUnusable});
  return false;
}

/// What the engine says of itself before anything is sent.
bool EraTool::lets_in(updater::mei::MeiDevice& device) {
  auto mkhi = updater::inventory::talk_to_mkhi(device);
  const auto words = device.firmware_status_words();
  const auto status = protocol::heci::read_status(words, generation_.major);
  const bool recovers =
      status && status->first()[protocol::heci::Hfs1::state] ==
                    static_cast<std::uint32_t>(protocol::heci::WorkingState::recovery);
  if (recovers && update_.looks_at == LooksAt::recovery) {
    fail({ToolError::update_failed, kNewerRecovery});
    return false;
  }
  const auto rule =
      updater::inventory::ask_rule(mkhi, mkhi::kRuleLocalUpdate, "whether it takes updates");
  if (recovers || is_newer() || !rule || *rule != mkhi::kLocalUpdateDisabled) return true;
  fail({ToolError::local_update_disabled, 0});
  return false;
}

std::optional<base::Bytes> EraTool::exchange(MeiTransport& fwu, base::ByteView request,
                                             base::Duration limit) {
  if (!fwu.send(request, kAnswer)) return std::nullopt;
  auto answer = fwu.receive(limit);
  return answer ? std::optional(std::move(*answer)) : std::nullopt;
}

/// The status that ended it, 0 where all was taken; nothing: the engine fell silent.
std::optional<std::uint32_t> EraTool::send_data(MeiTransport& fwu) {
  const fwu::DataForm form = generation_.data.value;
  const std::size_t most = fwu::max_data_length(fwu.max_message_length());
  for (base::ByteView rest = *update_.file; !rest.empty();) {
    const base::ByteView piece = rest.first(std::min(most, rest.size()));
    rest = rest.subspan(piece.size());
    base::Bytes request(overhead_of(form) + piece.size());
    base::ByteWriter out(request);
    encode(out, fwu::DataRequest{.data = piece}, form);
    const auto answer = exchange(fwu, request);
    const auto reply = answer ? fwu::decode_data_reply(*answer) : std::nullopt;
    if (!reply) return std::nullopt;
    if (reply->status != 0) return reply->status;
  }
  return 0;
}

std::optional<std::uint32_t> EraTool::send(MeiTransport& fwu) {
  base::Bytes request(size_of(generation_.start.value));
  base::ByteWriter out(request);
  fwu::StartRequest start{.environment = 0};
  start.image_length = static_cast<std::uint32_t>(update_.file->size());
  encode(out, start, generation_.start.value);
  const auto started = exchange(fwu, request);
  const auto reply = started ? fwu::decode_start_reply(*started) : std::nullopt;
  if (!reply) return std::nullopt;
  if (reply->status != 0) return reply->status;
  const auto sent = send_data(fwu);
  if (!sent || *sent != 0) return sent;
  say(Phrase::sent);
  std::array<std::uint8_t, 4> bare{};
  base::ByteWriter end(bare);
  encode_request(end, fwu::Type::end);
  const auto ended = exchange(fwu, bare, kEndAnswer);
  const auto last = ended ? fwu::decode_end_reply(*ended) : std::nullopt;
  return last ? std::optional(last->status) : std::nullopt;
}

std::optional<mkhi::UpdateProgress> EraTool::progress(updater::mei::MeiDevice& device) {
  auto talk = updater::inventory::talk_to_mkhi(device);
  std::array<std::uint8_t, mkhi::Header::size> request{};
  base::ByteWriter out(request);
  encode(out, mkhi::Header{.group = static_cast<std::uint8_t>(mkhi::Group::fwupdate),
                           .command = mkhi::kGetUpdateStatus});
  const auto answer = talk.ask(request, "how far it is");
  return answer ? mkhi::decode_update_progress(*answer) : std::nullopt;
}

/// "FW Update:  [  21% (Stage: 4 of 19) (-)]"; from CSME 12 on without the stage.
void EraTool::show_stage(const mkhi::UpdateProgress& at) {
  if (is_newer()) {
    out_.printed += fmt::format("{}  [ {:3}% (-)]\n", protocol::tools::kProgressLabel, at.percent);
  } else {
    out_.printed += fmt::format("{}  [ {:3}% (Stage: {} of {}) (-)]\n",
                                protocol::tools::kProgressLabel, at.percent, at.stage, at.stages);
  }
}

/// Until the engine has written, has failed or has gone.
void EraTool::watch(updater::mei::MeiDevice& device) {
  std::optional<mkhi::UpdateProgress> last;
  for (base::Duration waited{}; waited < kPatience; waited += kPoll) {
    const auto at = progress(device);
    if (!at) {
      fail({ToolError::polling_failed, kNewerNoAnswer});
      return fail({ToolError::no_device, kNewerNoDevice});
    }
    if (at->status != mkhi::kUpdateInProgress) {
      if (last && at->status != 0) show_stage(*last);
      if (at->status != 0) return fail_by(at->status);
      show_stage(*at);
      say(Phrase::complete);
      out_.updated = true;
      return;
    }
    last = at;
    world_.host().sleep(kPoll);
  }
  fail({ToolError::timed_out, kNewerNoAnswer});
}

EraRun EraTool::run() {
  if (update_.device_absent) {
    fail({ToolError::no_device, kNewerNoDevice});
    return out_;
  }
  const auto device = world_.make_driver();
  auto fwu = device->connect(protocol::mei::kFwuGuid);
  if (!fwu) {
    fail({ToolError::unknown_platform, kNewerNoDevice});
    return out_;
  }
  say(Phrase::way);
  // "Error 8719" stands right behind the way in a log of 11.8.
  if (is_newer()) say(Phrase::checking);
  if (!lets_in(*device)) return out_;
  if (!is_newer()) say(Phrase::checking);
  if (!is_usable()) return out_;
  say(Phrase::warning);
  const auto ended = send(**fwu);
  if (!ended)
    fail_while_writing({ToolError::timed_out, kNewerTimeout});
  else if (*ended != 0)
    fail_by(*ended);
  else
    watch(*device);
  return out_;
}

/// The messages are the tool's; of what it would print nothing is shown.
EraRun EraTool::recover() {
  using namespace protocol::tools;
  std::string screen = fmt::format("{}\n{}\n", kBiosReads, kBiosRecovers);
  const auto device = world_.make_driver();
  auto fwu = device->connect(protocol::mei::kFwuGuid);
  const auto ended = fwu ? send(**fwu) : std::nullopt;
  if (ended && *ended == 0) watch(*device);
  if (!out_.updated) screen += fmt::format("{}\n", kBiosFailed);
  out_.printed = std::move(screen);
  return out_;
}

}  // namespace

EraRun run_bios_recovery(const EraUpdate& update, engine::World& world) {
  world.drop_driver();
  return EraTool(update, world).recover();
}

EraRun run_fwupdlcl(const EraUpdate& update, engine::World& world) {
  world.drop_driver();
  return EraTool(update, world).run();
}

}  // namespace scenarios::field
