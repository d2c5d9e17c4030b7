// SPDX-License-Identifier: BSD-3-Clause
// A board with a later engine over its registers, small, with an update by hand: the messages are
// laid out here, and not by the product's encoders.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emulator/factory/later_image.h"
#include "emulator/machine/machine.h"
#include "raw_host.h"

namespace emulator::machine {

/// How a generation's update messages are laid out, in bytes.
struct UpdateForms {
  std::size_t start_size = 86;
  std::size_t kind_at = 8;
  std::size_t part_at = 42;
  std::size_t data_header = 11;  ///< of DATA, before n bytes of the file
  std::size_t most_data = 500;   ///< n
};
inline constexpr UpdateForms kMe7Forms{};
inline constexpr UpdateForms kMe9Forms{.data_header =
                                           12};  ///< as the host program for ME 9 cuts it
inline constexpr UpdateForms kCsme11Forms{.most_data = 4084};
inline constexpr UpdateForms kCsme15Forms{
    .start_size = 90, .kind_at = 12, .part_at = 46, .most_data = 4084};

class LaterBoard : public testing::Test {
 protected:
  static constexpr std::uint8_t kFwuHost = 3;  ///< our address towards the update client
  static constexpr std::uint8_t kMkhiHost = 4;
  using Change = std::function<void(firmware::Identity&)>;

  LaterBoard() = default;
  LaterBoard(const char* name, const UpdateForms& forms, const std::vector<Override>& more = {}) {
    start(name, forms, more);
  }

  void start(const char* name, const UpdateForms& forms, const std::vector<Override>& more = {}) {
    forms_ = forms;
    std::vector<Override> overrides = {{"flash.code_size", "0x10000", ""},
                                       {"update.boot_time", "\"10ms\"", ""}};
    overrides.insert(overrides.end(), more.begin(), more.end());
    const auto profile = load_profile(name, overrides);
    ASSERT_TRUE(profile) << profile.error().doing;
    auto built = Machine::build(profile.value());
    ASSERT_TRUE(built) << built.error().doing;
    machine = std::move(built.value());
    machine->power_on();
    connect();
  }

  void connect() {
    host.emplace(machine->bar0(), machine->clock());
    ASSERT_TRUE(host->reset());
    clients = host->enumerate();
    ASSERT_TRUE(clients.contains(kFwu) && clients.contains(kMkhi));
    ASSERT_EQ(host->connect(clients.at(kFwu), kFwuHost), 0);
    ASSERT_EQ(host->connect(clients.at(kMkhi), kMkhiHost), 0);
  }
  void drop_credits() {
    while (host->receive(std::chrono::milliseconds(10))) {
    }
  }
  void power_cycle() {
    machine->power_cut();
    machine->power_on();
    connect();
  }

  base::Bytes ask_fwu(base::ByteView request) {
    return host->ask(clients.at(kFwu), kFwuHost, request).value_or(base::Bytes{});
  }
  base::Bytes ask_fwu(std::string_view hex) { return ask_fwu(base::from_hex(hex).value()); }
  base::Bytes ask_mkhi(std::string_view hex) {
    return host->ask(clients.at(kMkhi), kMkhiHost, base::from_hex(hex).value())
        .value_or(base::Bytes{});
  }
  static std::uint32_t word(const base::Bytes& message, std::size_t at) {
    return at + 4 <= message.size() ? base::ByteReader(base::ByteView(message).subspan(at)).u32()
                                    : 0xDEADBEEF;
  }
  std::uint32_t hfs(std::uint32_t at) const { return machine->pci().read(at, 4); }
  std::uint32_t hfs1() const { return hfs(0x40); }
  std::uint32_t hfs2() const { return hfs(0x48); }
  firmware::BootPath boot_path() const { return machine->firmware().boot_path(); }
  protocol::FirmwareVersion running() const { return machine->firmware().running_version(); }

  /// What an update to that version sends.
  base::Bytes file_of(protocol::FirmwareVersion version, const Change& change = {}) const {
    firmware::Identity identity = machine->profile().firmware.identity;
    identity.version = version;
    if (change) change(identity);
    return factory::build_update_file(identity, machine->profile().flash.code_size,
                                      factory_key(machine->profile()))
        .value();
  }
  base::Bytes start_request(std::size_t length, std::uint8_t kind = 0,
                            std::string_view part = {}) const {
    base::Bytes request(forms_.start_size);
    base::ByteWriter(request).u32(2).u32(static_cast<std::uint32_t>(length));
    request[forms_.kind_at] = kind;
    std::copy(part.begin(), part.end(),
              request.begin() + static_cast<std::ptrdiff_t>(forms_.part_at));
    return request;
  }
  /// START and every DATA. The first status that is not 0.
  std::uint32_t send(const base::Bytes& file, std::uint8_t kind = 0, std::string_view part = {}) {
    const base::Bytes started = ask_fwu(start_request(file.size(), kind, part));
    if (word(started, 4) != 0) return word(started, 4);
    for (std::size_t at = 0; at < file.size(); at += forms_.most_data) {
      const std::size_t count = std::min(forms_.most_data, file.size() - at);
      base::Bytes request(forms_.data_header + count);
      base::ByteWriter(request)
          .u32(4)
          .u32(static_cast<std::uint32_t>(count))
          .zeros(3)
          .bytes(base::ByteView(file).subspan(at, count));
      const base::Bytes taken = ask_fwu(request);
      if (taken.size() != 8 || word(taken, 4) != 0) return word(taken, 4);
    }
    return 0;
  }
  std::uint32_t end() { return word(ask_fwu("06000000"), 4); }
  std::uint32_t update(const base::Bytes& file) {
    const std::uint32_t sent = send(file);
    return sent != 0 ? sent : end();
  }
  void wait_for_commit() {
    for (int i = 0; i < 600 && word(ask_mkhi("06020000"), 16) == 0x213; ++i)
      machine->clock().sleep(std::chrono::milliseconds(100));
  }

  std::unique_ptr<Machine> machine;
  std::optional<RawHost> host;
  std::map<std::string, std::uint8_t> clients;

 private:
  UpdateForms forms_;
};

/// As a person puts it into the descriptor: the ME is kept off.
inline std::unique_ptr<Machine> with_strap(const Machine& sound) {
  constexpr std::size_t ich_strap = 0x100;
  base::Bytes flash(sound.flash().begin(), sound.flash().end());
  flash[ich_strap] |= 1;
  MachineOptions options;
  options.flash = std::move(flash);
  auto machine = Machine::build(sound.profile(), std::move(options)).value();
  machine->boot();
  return machine;
}

/// Of golden strings.
inline std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

}  // namespace emulator::machine
