// SPDX-License-Identifier: BSD-3-Clause
// One piece of work by its name, for scripts/instructions: made ready, then done inside
// counted_part(), which is all that callgrind counts. Prints how many units it was.
//
//   counted_work slot | message | update_kib | upload_kib | log_line | interruption
#include <pthread.h>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emulator/factory/update_image.h"
#include "emulator/machine/machine.h"
#include "emulator/tpm/itpm.h"
#include "protocol/heci/registers.h"
#include "protocol/mei/clients.h"
#include "protocol/tpm/crypto.h"
#include "scenarios/engine/loader.h"
#include "scenarios/explore/explore.h"
#include "scenarios/field/reading/read_report.h"
#include "updater/image/image.h"
#include "updater/inventory/inventory.h"
#include "updater/mei/heci_host.h"
#include "updater/tpm/field_upgrade.h"
#include "updater/tpm/tis_host.h"
#include "updater/tpm/tpm12_link.h"
#include "updater/update/carry_out.h"
#include "updater/update/plan.h"

/// What scripts/instructions gives callgrind as --toggle-collect.
extern "C" [[gnu::noinline]] void counted_part(const std::function<void()>& work);
extern "C" void counted_part(const std::function<void()>& work) {
  work();
  __asm__ volatile("" : : : "memory");  // no jump into `work` in place of a call and a return
}

namespace {

using emulator::machine::Machine;

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "counted_work: %s\n", why.c_str());
  std::exit(1);
}

void must(bool done, const char* what) {
  if (!done) give_up(what);
}

constexpr std::uint32_t kImage = 256 << 10;

enum class Updates { over_heci, through_tpm };

std::unique_ptr<Machine> board(Updates updates = Updates::over_heci) {
  const char* const interfaces = updates == Updates::over_heci ? "1" : "5";
  const auto profile = emulator::machine::load_profile(
      "esprimo-e5730", {{"flash.code_size", std::to_string(kImage), "counted_work"},
                        {"settings.enabled_update_interfaces", interfaces, "counted_work"},
                        {"tpm.state.active", "true", "counted_work"},
                        {"tpm.state.owner_secret", "passphrase", "counted_work"}});
  if (!profile) give_up(profile.error().doing);
  auto machine = Machine::build(*profile);
  if (!machine) give_up(machine.error().doing);
  (*machine)->boot();
  return *std::move(machine);
}

base::Bytes image() {
  auto bytes = emulator::factory::build_update_image(
      {.version = {5, 2, 70, 1046}, .sku = 0x83E, .size = kImage});
  if (!bytes) give_up(bytes.error().doing);
  return *std::move(bytes);
}

long count_slots() {
  const auto machine = board();
  updater::mei::HeciHost host(machine->bar0(), machine->clock(), {.name = "c", .simulated = true});
  must(host.connect(protocol::mei::kFwuGuid).has_value(), "no connection");
  base::Mmio& bar = machine->bar0();
  std::vector<std::uint32_t> slots(machine->profile().heci.depth - 1, 0x11223344);
  slots[0] = 0x80000000u | static_cast<std::uint32_t>((slots.size() - 1) * 4) << 16 | 0x00FF;
  constexpr int kRounds = 64;
  counted_part([&] {
    for (int i = 0; i < kRounds; ++i) {
      for (const std::uint32_t slot : slots) bar.write32(protocol::heci::kHCbWw, slot);
      bar.write32(protocol::heci::kHCsr, 0xC);
      while (protocol::heci::filled_slots(bar.read32(protocol::heci::kHCsr) >> 16 & 0xFF,
                                          bar.read32(protocol::heci::kHCsr) >> 8 & 0xFF) != 0) {
        must(machine->clock().run_next(), "the ME does not take its turn");
      }
    }
  });
  return kRounds * static_cast<long>(slots.size());
}

long count_messages() {
  const auto machine = board();
  updater::mei::HeciHost host(machine->bar0(), machine->clock(), {.name = "c", .simulated = true});
  const auto fwu = host.connect(protocol::mei::kFwuGuid);
  must(fwu.has_value(), "no connection");
  const base::Bytes request = {0, 0, 0, 0};
  constexpr long kMessages = 200;
  counted_part([&] {
    for (long i = 0; i < kMessages; ++i) {
      must((*fwu)->send(request, std::chrono::seconds(5)).has_value(), "nothing was sent");
      must((*fwu)->receive(std::chrono::seconds(5)).has_value(), "no answer");
    }
  });
  return kMessages;
}

class Unseen final : public updater::update::ProgressListener {
  void progress(const updater::update::Progress&) override {}
};

long count_update() {
  const auto machine = board();
  const auto parsed = updater::image::parse(image());
  must(parsed.image.has_value(), "the image does not parse");
  updater::mei::HeciHost host(machine->bar0(), machine->clock(), {.name = "c", .simulated = true});
  const auto inventory = updater::inventory::collect(host);
  must(inventory.has_value(), "no inventory");
  updater::update::Targets targets;
  targets.me = {.name = "c",
                .place = updater::update::Place::in_sim,
                .nature = updater::update::Nature::simulated};
  const auto decision = updater::update::plan_update(*parsed.image, {}, *inventory, targets, {});
  const auto* plan = std::get_if<updater::update::Plan>(&decision);
  must(plan != nullptr, "no plan");
  Unseen listener;
  counted_part([&] {
    const auto report =
        updater::update::carry_out(*plan, *parsed.image, host, machine->clock(), listener);
    must(report.outcome == updater::update::Outcome::updated, "not updated");
  });
  return kImage >> 10;
}

long count_upload() {
  const auto machine = board(Updates::through_tpm);
  const base::Bytes bytes = image();
  updater::tpm::TisHost host(machine->itpm()->tis(), machine->clock());
  updater::tpm::Tpm12Link link(host, machine->clock());
  const auto owner = updater::tpm::OwnerSecret::from_passphrase("owner");
  updater::tpm::FieldUpgrade upgrade(link);
  const auto started =
      upgrade.start({.image_length = kImage, .image_digest = protocol::tpm::sha1({bytes})}, &owner);
  must(started && started->status == 0, "the upload does not start");
  constexpr std::size_t kBlock = 1024;
  counted_part([&] {
    for (std::size_t at = 0; at < bytes.size(); at += kBlock) {
      const auto taken = upgrade.data(base::ByteView(bytes).subspan(at, kBlock));
      must(taken && taken->status == 0, "a block is refused");
    }
  });
  return kImage >> 10;
}

long count_log_lines() {
  constexpr long kRuns = 200;
  std::string text;
  for (long i = 0; i < kRuns; ++i) {
    text +=
        "> Intel(R) MEInfo Version: 5.0.0.1\n> FW Status Register: 0X00000001\n> BIOS Version: 1\n"
        "> Flash: 5.0.1 Netstack: 5.0.1\n> FW Capabilities: 62\n> VendorID: 8086\n"
        "> Link status: Link down\n[12:00:01] FWUpdLcl.exe new.bin -tpm -verbose\n"
        "[12:00:03] Version : 5.0.1.1\n[12:00:04] Error (8721): 1\n";
  }
  counted_part([&] {
    scenarios::field::FieldReport report;
    scenarios::field::read_text(text, "paste.txt", report);
    must(!report.runs.empty(), "nothing was found in the log");
  });
  return kRuns * 10;
}

/// A forked process begins with what its parent had counted, which must not count again.
void count_children_from_zero() {
#if __has_include(<valgrind/callgrind.h>)
  must(::pthread_atfork(nullptr, nullptr, [] { CALLGRIND_ZERO_STATS; }) == 0, "no fork handler");
#endif
}

/// Every eighth flash operation's loss of power: what comes before it runs once.
long count_interruptions() {
  const std::string name = "over-heci.toml";
  const auto stories = scenarios::engine::load_scenarios(MEBENCH_LIBRARY "/explore/" + name, name);
  must(stories.has_value(), "the story cannot be read");
  std::string scratch = (std::filesystem::temp_directory_path() / "counted.XXXXXX").string();
  must(::mkdtemp(scratch.data()) != nullptr, "no folder can be made");
  const scenarios::explore::Wish wish{.points = {scenarios::explore::FaultPoint::flash_operation},
                                      .deeds = {scenarios::explore::Deed::power_cut_inside},
                                      .shard = {.index = 1, .count = 8}};
  std::size_t run = 0;
  count_children_from_zero();
  counted_part([&] {
    const auto report = scenarios::explore::explore(
        stories->front(), scratch, wish, [](const auto&) {}, [] { return false; });
    must(report.has_value(), "nothing was explored");
    run = scenarios::explore::sums(*report).run();
  });
  std::filesystem::remove_all(scratch);
  return static_cast<long>(run);
}

struct Counted {
  std::string_view name;
  long (*count)();
};

constexpr Counted kCounted[] = {
    {"slot", count_slots},         {"message", count_messages},
    {"update_kib", count_update},  {"upload_kib", count_upload},
    {"log_line", count_log_lines}, {"interruption", count_interruptions}};

}  // namespace

int main(int argc, char** argv) {
  const std::string_view wanted = argc == 2 ? argv[1] : "";
  for (const Counted& each : kCounted) {
    if (each.name != wanted) continue;
    std::printf("%ld\n", each.count());
    return 0;
  }
  std::fprintf(stderr,
               "usage: counted_work slot|message|update_kib|upload_kib|log_line|interruption\n");
  return 2;
}
