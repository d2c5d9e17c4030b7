// SPDX-License-Identifier: BSD-3-Clause
#include "updater/cli/open_tpm.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "updater/cli/system_target.h"
#include "updater/io/device_node.h"
#include "updater/mmio/physical_mmio.h"
#include "updater/tpm/swtpm_socket.h"
#include "updater/tpm/tis_host.h"
#include "updater/tpm/tpm_chardev.h"

namespace updater::cli {
namespace {

using base::Errc;
using base::Error;
using base::Result;
using OpenedTpm = Result<std::unique_ptr<tpm::TpmTransport>>;

constexpr std::string_view kSwtpm = "swtpm:";
constexpr std::string_view kTis = "tis:";
constexpr std::size_t kTisSize = 0x5000;  ///< five localities of a page (TIS 1.2, section 11)

/// The TIS driver and the mapping it works on.
class MappedTis final : public tpm::TpmTransport {
 public:
  MappedTis(std::unique_ptr<mmio::PhysicalMmio> registers, base::Clock& clock, std::string name)
      : registers_(std::move(registers)), host_(*registers_, clock, {.name = std::move(name)}) {}

  std::string name() const override { return host_.name(); }
  Result<base::Bytes> transmit(base::ByteView command, base::Duration limit) override {
    return host_.transmit(command, limit);
  }

 private:
  std::unique_ptr<mmio::PhysicalMmio> registers_;
  tpm::TisHost host_;
};

/// "FED40000", with or without 0x; nothing for anything else.
std::optional<std::uint64_t> parse_address(std::string_view text) {
  if (text.starts_with("0x")) text.remove_prefix(2);
  std::uint64_t address = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), address, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return address;
}

OpenedTpm open_registers(const std::string& choice, base::Clock& clock,
                         const mmio::SystemRoots& roots) {
  const std::string driven = roots.sys + "/class/tpm/tpm0";
  std::error_code ignored;
  if (std::filesystem::exists(driven, ignored)) {
    return Error{Errc::busy,
                 fmt::format("opening {}: the kernel's driver has the TPM ({}); use --tpm "
                             "/dev/tpm0, or free it with \"modprobe -r tpm_tis\"",
                             choice, driven)};
  }
  const auto address = *parse_address(std::string_view(choice).substr(kTis.size()));
  auto registers = mmio::PhysicalMmio::open(address, kTisSize, roots);
  if (!registers) return registers.error();
  return std::unique_ptr<tpm::TpmTransport>(
      std::make_unique<MappedTis>(std::move(registers).value(), clock, choice));
}

std::string node_of(const std::string& choice, const mmio::SystemRoots& roots) {
  return choice == "auto" ? roots.dev + "/tpm0" : choice;
}

/// The seam's pointer out of a transport's own.
template <class Transport>
OpenedTpm as_transport(Result<std::unique_ptr<Transport>> opened) {
  if (!opened) return opened.error();
  return std::unique_ptr<tpm::TpmTransport>(std::move(opened).value());
}

}  // namespace

Result<void> check_tpm_choice(const std::string& choice) {
  const bool named = choice == "auto" || choice == "none" || choice.starts_with('/');
  const bool socket = choice.starts_with(kSwtpm) && choice.size() > kSwtpm.size();
  const bool registers = choice.starts_with(kTis) && parse_address(choice.substr(kTis.size()));
  if (named || socket || registers) return {};
  return Error{Errc::invalid, "--tpm " + choice +
                                  ": must be auto, none, /dev/tpmN, swtpm:PATH, "
                                  "swtpm:ADDRESS:PORT or tis:FED40000"};
}

OpenedTpm open_tpm(const std::string& choice, base::Clock& clock, const mmio::SystemRoots& roots) {
  if (auto checked = check_tpm_choice(choice); !checked) return checked.error();
  if (choice == "none") return Error{Errc::not_found, "--tpm none: the TPM is left alone"};
  if (choice.starts_with(kTis)) return open_registers(choice, clock, roots);
  if (choice.starts_with(kSwtpm)) {
    return as_transport(tpm::SwtpmSocket::open(choice.substr(kSwtpm.size()), clock));
  }
  return as_transport(tpm::TpmChardev::open(node_of(choice, roots), clock));
}

update::Target tpm_target_of(const std::string& choice, const mmio::SystemRoots& roots) {
  if (choice.starts_with(kSwtpm))
    return {.role = update::Role::tpm, .name = choice, .place = update::Place::served};
  const std::string name = choice.starts_with(kTis) ? choice : node_of(choice, roots);
  const bool ours =
      choice.starts_with(kTis) || io::is_systems_node(name, io::NodeClass::tpm, roots.sys);
  return system_target(update::Role::tpm, name, ours ? Found::proven : Found::not_proven, roots);
}

Result<tpm::TpmTransport*> TpmSlot::get() {
  if (!opened_) opened_ = open_();
  if (!*opened_) return opened_->error();
  return (**opened_).get();
}

}  // namespace updater::cli
