// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/boot/boot_plan.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>

#include "scenarios/field/boot/kernel_event.h"
#include "scenarios/field/boot/kernel_messages.h"

namespace scenarios::field {
namespace {

/// Whom a line speaks of: of each only the first row that fits counts.
enum class About : std::uint8_t { engine, tpm, tpm_driver };

/// A kernel's line, and what brings it about here.
struct BootSign {
  std::string_view event;   ///< the key of kernel_event(), its beginning
  std::string_view unless;  ///< the row does not count where the log has this one, too; empty: none
  About about = About::engine;
  std::string_view means;
  std::string_view fault;  ///< CONNECT, USE: the board's number for that message
  std::string_view set;
  std::string_view tpm_hid;
};

// The first that fits counts: what names a cause stands before what follows from anything.
constexpr BootSign kSigns[] = {
    {.event = "the host stays ready",
     .means = "the Management Engine answers once more than it was asked, and then does not take a "
              "reset of the link",
     .fault = "hbm_message@2=twice;link_reset@2=fail"},
    {.event = "the reset is not taken",
     .means = "the Management Engine does not take a reset of the link; it takes the next",
     .fault = "link_reset@1=fail"},
    {.event = "greeting answered out of turn",
     .means = "the Management Engine answers the driver's greeting once more than it was asked",
     .fault = "hbm_message@1=twice"},
    {.event = "enumeration answered out of turn",
     .means =
         "the Management Engine answers the question for its clients once more than it was asked",
     .fault = "hbm_message@2=twice"},
    {.event = "no answer to the enumeration",
     .means =
         "the Management Engine answers the driver's greeting, and not its question for clients",
     .fault = "host_message@2=ignore"},
    {.event = "no answer to a connect",
     .means = "the Management Engine does not answer a connect",
     .fault = "host_message@CONNECT=ignore"},
    {.event = "waiting for mei start failed",
     .means = "the Management Engine takes a reset of the link and does not answer the greeting",
     .fault = "host_message@1=ignore"},
    {.event = "unexpected reset: dev_state = enabled",
     .means = "the Management Engine restarts while its clients are in use",
     .fault = "host_message@USE=me_reset"},
    {.event = "not ready any more",
     .means = "the Management Engine restarts while the driver speaks with it",
     .fault = "host_message@1=me_reset"},
    {.event = "no start",
     .unless = "link layer initialization failed",
     .means = "one reset of the link is lost; the next goes through",
     .fault = "link_reset@1=ignore"},
    {.event = "no start",
     .means = "the Management Engine does not start",
     .fault = "boot@1=ignore"},
    {.event = "not ready",
     .means = "the Management Engine does not start",
     .fault = "boot@1=ignore"},
    {.event = "init hw failure",
     .means = "the Management Engine does not start",
     .fault = "boot@1=ignore"},
    {.event = "initialization failed",
     .means = "the Management Engine does not start",
     .fault = "boot@1=ignore"},
    {.event = "the TPM answers 6",
     .about = About::tpm,
     .means = "the TPM is deactivated",
     .set = "tpm.state.active=false"},
    {.event = "the TPM answers 7",
     .about = About::tpm,
     .means = "the TPM is disabled",
     .set = "tpm.state.enabled=false"},
    {.event = "no burst count",
     .about = About::tpm,
     .means = "the TPM never has room for a byte",
     .set = "tpm.tis.fifo_size=0"},
    {.event = "works around the flaw",
     .about = About::tpm_driver,
     .means = "the TPM is one in the Management Engine, whose interface has a flaw",
     .tpm_hid = "PNP0C31"},
};

/// Which board stands in for one of which a kernel's log tells the place of a function only.
struct StandIn {
  std::string_view slot;
  const char* machine;
  const char* because;
  /// Which of the driver's messages is the first connect, the watchdog's: how many come before
  /// depends on how many clients the board has. The next one is that client's.
  unsigned connect;
};
constexpr StandIn kStandIns[] = {
    {"00:16.", "desktop-h87", "assumed: function 00:16.0 is that of the 5 series and later", 9},
    {"", "esprimo-e5730", "assumed: function 00:03.0, or none, goes with an ICH10", 7},
};

/// The driver's tries and its timer come to an end within it.
constexpr const char* kWaits = "sleep 60";

const StandIn& stand_in(const ToolRun& run) {
  const Observation* device = run.find(Fact::pci_device);
  const std::string place = device == nullptr ? "" : device->value;
  return *std::find_if(std::begin(kStandIns), std::end(kStandIns),
                       [&](const StandIn& each) { return place.find(each.slot) != place.npos; });
}

const KernelMessage* find_event(const std::vector<KernelMessage>& messages,
                                std::string_view event) {
  const auto found = std::find_if(
      messages.begin(), messages.end(),
      [&](const KernelMessage& message) { return message.event.key.starts_with(event); });
  return found == messages.end() ? nullptr : &*found;
}

void replace(std::string& text, std::string_view word, unsigned number) {
  if (const std::size_t at = text.find(word); at != text.npos)
    text.replace(at, word.size(), std::to_string(number));
}

std::string fault_on(const StandIn& board, std::string_view fault) {
  std::string text(fault);
  replace(text, "CONNECT", board.connect);
  replace(text, "USE", board.connect + 1);
  return text;
}

void add_sign(const BootSign& sign, const LogLine& line, const StandIn& board, BootPlan& plan) {
  if (!sign.fault.empty()) plan.faults.push_back(fault_on(board, sign.fault));
  if (!sign.set.empty()) plan.set.emplace_back(sign.set);
  if (!sign.tpm_hid.empty()) plan.tpm_hid = sign.tpm_hid;
  plan.because.push_back({std::string(sign.means), line});
}

void add_first(About about, const std::vector<KernelMessage>& messages, const StandIn& board,
               BootPlan& plan) {
  for (const BootSign& sign : kSigns) {
    if (sign.about != about) continue;
    const KernelMessage* said = find_event(messages, sign.event);
    if (said == nullptr) continue;
    if (!sign.unless.empty() && find_event(messages, sign.unless) != nullptr) continue;
    return add_sign(sign, said->line, board, plan);
  }
}

}  // namespace

std::string BootPlan::text() const {
  std::string words = "mesim guest --machine " + machine + (profile.empty() ? "" : ".toml");
  for (const std::string& value : set) words += " --set " + value;
  if (!faults.empty()) words += fmt::format(" --faults '{}'", fmt::join(faults, ";"));
  if (!tpm_hid.empty()) words += " --tpm-hid " + tpm_hid;
  return words + fmt::format(" -- sh -c '{}'", script());
}

std::string BootPlan::reasons() const {
  std::string words;
  for (const BootReason& reason : because) {
    words +=
        fmt::format("{}{} ({})", words.empty() ? "" : "; ", reason.means, place_of(reason.line));
  }
  return words;
}

bool BootPlan::needs_tpm() const {
  return !set.empty() || !tpm_hid.empty();  // no other row sets anything
}

std::optional<BootPlan> boot_plan(const ToolRun& run, const ShownBoard* shown) {
  if (run.tool != Tool::kernel) return std::nullopt;
  const std::vector<KernelMessage> messages = kernel_messages(run);
  const StandIn& board = stand_in(run);
  BootPlan plan;
  for (const About about : {About::engine, About::tpm, About::tpm_driver})
    add_first(about, messages, board, plan);
  if (plan.because.empty()) return std::nullopt;
  plan.waits = kWaits;
  if (shown != nullptr && (shown->has_tpm || !plan.needs_tpm())) {
    plan.machine = shown->state.name;
    plan.profile = shown->profile;
    plan.machine_because = "the one that " + shown->shown_by + " shows";
    return plan;
  }
  plan.machine = board.machine;
  plan.machine_because = board.because;
  return plan;
}

}  // namespace scenarios::field
