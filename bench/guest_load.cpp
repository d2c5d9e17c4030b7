// SPDX-License-Identifier: BSD-3-Clause
// What guest_bench runs inside a guest: register reads or writes on the bare function, or questions
// through /dev/mei0. It prints "begin" and "end", between which guest_bench takes the time.
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "protocol/heci/registers.h"
#include "protocol/mei/clients.h"
#include "protocol/mei/fwu.h"
#include "updater/cli/steady_clock.h"
#include "updater/mei/mei_chardev.h"
#include "updater/mmio/pci_bar_mmio.h"

namespace {

using namespace std::chrono_literals;

[[noreturn]] void give_up(const std::string& why) {
  std::printf("guest_load: %s\n", why.c_str());
  std::exit(1);
}

void say(const char* word) {
  std::puts(word);
  std::fflush(stdout);
}

template <class Step, class Last>
void repeat(long count, Step step, Last last) {
  say("begin");
  for (long i = 0; i < count; ++i) step();
  last();
  say("end");
}

template <class Step>
void repeat(long count, Step step) {
  repeat(count, step, [] {});
}

std::unique_ptr<updater::mmio::PciBarMmio> registers() {
  const auto function = updater::mmio::PciFunction::open("0000:00:03.0");
  if (!function) give_up(function.error().doing);
  auto bar = updater::mmio::PciBarMmio::open(*function, updater::mmio::MemorySpace::enable);
  if (!bar) give_up(bar.error().doing);
  if ((*bar)->read32(protocol::heci::kHCsr) == 0xFFFFFFFF) give_up("the registers float");
  return std::move(bar).value();
}

void read_registers(long count) {
  const auto bar = registers();
  std::uint32_t all = 0;
  repeat(count, [&] { all |= bar->read32(protocol::heci::kHCsr); });
  if (all == 0xFFFFFFFF) give_up("the registers float");
}

/// Neither reset nor doorbell. The read behind them is answered when all of them have arrived.
void write_registers(long count) {
  const auto bar = registers();
  repeat(
      count, [&] { bar->write32(protocol::heci::kHCsr, 0); },
      [&] { (void)bar->read32(protocol::heci::kHCsr); });
}

void ask_questions(long count) {
  updater::cli::SteadyClock clock;
  const auto mei = updater::mei::MeiChardev::open("/dev/mei0", clock);
  if (!mei) give_up(mei.error().doing);
  const auto fwu = (*mei)->connect(protocol::mei::kFwuGuid);
  if (!fwu) give_up(fwu.error().doing);
  base::Bytes get_version(sizeof(std::uint32_t));
  base::ByteWriter out(get_version);
  protocol::fwu::encode_request(out, protocol::fwu::Type::get_version);
  repeat(count, [&] {
    if (!(*fwu)->send(get_version, 5s) || !(*fwu)->receive(5s)) give_up("no answer");
  });
}

long count_of(std::string_view word) {
  long count = 0;
  const auto [end, wrong] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (wrong != std::errc() || end != word.data() + word.size() || count <= 0)
    give_up("COUNT: " + std::string(word) + ": must be a whole number from 1 on");
  return count;
}

}  // namespace

int main(int count, char** words) {
  if (count != 3) give_up("usage: guest_load reads|writes|messages COUNT");
  const std::string_view load = words[1];
  const long times = count_of(words[2]);
  if (load == "reads") {
    read_registers(times);
  } else if (load == "writes") {
    write_registers(times);
  } else if (load == "messages") {
    ask_questions(times);
  } else {
    give_up(std::string(load) + ": must be reads, writes or messages");
  }
}
