// SPDX-License-Identifier: BSD-3-Clause
#include "scenarios/field/reading/later_labels.h"

#include <array>

#include "scenarios/field/reading/spelling.h"

namespace scenarios::field {
namespace {

constexpr std::array kLaterLabels = {
    LaterLabel{"FW Version", Fact::later_version},
    LaterLabel{"FW Status Register1", Fact::status_word_1},
    LaterLabel{"FW Status Register2", Fact::status_word_2},
    LaterLabel{"FW Status Register3", Fact::status_word_3},
    LaterLabel{"FW Status Register4", Fact::status_word_4},
    LaterLabel{"FW Status Register5", Fact::status_word_5},
    LaterLabel{"FW Status Register6", Fact::status_word_6},
    LaterLabel{"CurrentState", Fact::working_state},
    LaterLabel{"Current State", Fact::working_state},
    LaterLabel{"ManufacturingMode", Fact::manufacturing_mode},
    LaterLabel{"Manufacturing Mode", Fact::manufacturing_mode},
    LaterLabel{"FlashPartition", Fact::flash_partition},
    LaterLabel{"Flash Partition", Fact::flash_partition},
    LaterLabel{"OperationalState", Fact::operational_state},
    LaterLabel{"Operational State", Fact::operational_state},
    LaterLabel{"InitComplete", Fact::init_complete},
    LaterLabel{"Init Complete", Fact::init_complete},
    LaterLabel{"BUPLoadState", Fact::loader_state},
    LaterLabel{"BUP Load State", Fact::loader_state},
    LaterLabel{"ErrorCode", Fact::state_error},
    LaterLabel{"Error Code", Fact::state_error},
    LaterLabel{"ModeOfOperation", Fact::operation_mode},
    LaterLabel{"Mode Of Operation", Fact::operation_mode},
    LaterLabel{"ICC", Fact::told_besides},
    LaterLabel{"SPI Flash Log", Fact::told_besides},
    LaterLabel{"ME File System Corrupted", Fact::told_besides},
    LaterLabel{"PhaseStatus", Fact::progress_phase},
    LaterLabel{"PCH Version", Fact::told_besides},
    LaterLabel{"GbE Version", Fact::told_besides},
    LaterLabel{"GbE Region", Fact::told_besides},
    LaterLabel{"Vendor ID", Fact::told_besides},
    LaterLabel{"Security Version (SVN)", Fact::told_besides},
    LaterLabel{"Windows OS Version", Fact::told_besides},
    LaterLabel{"Re-key needed", Fact::told_besides},
    LaterLabel{"Platform is re-key capable", Fact::told_besides},
    LaterLabel{"TLS", Fact::told_besides},
    LaterLabel{"BIOS Config Lock", Fact::told_besides},
    LaterLabel{"GbE Config Lock", Fact::told_besides},
    LaterLabel{"Host Read Access to ME", Fact::told_besides},
    LaterLabel{"Host Write Access to ME", Fact::told_besides},
    LaterLabel{"Host Read Access to EC", Fact::told_besides},
    LaterLabel{"Host Write Access to EC", Fact::told_besides},
    LaterLabel{"SPI Flash ID 1", Fact::told_besides},
    LaterLabel{"SPI Flash ID 2", Fact::told_besides},
    LaterLabel{"SPI Flash ID #1", Fact::told_besides},
    LaterLabel{"SPI Flash ID #2", Fact::told_besides},
    LaterLabel{"SPI Flash ID VSCC #1", Fact::told_besides},
    LaterLabel{"SPI Flash BIOS VSCC", Fact::told_besides},
    LaterLabel{"System UUID", Fact::told_besides},
    LaterLabel{"OEM Id", Fact::told_besides},
    LaterLabel{"OEM Tag", Fact::told_besides},
    LaterLabel{"Report on Revenue Sharing ID Fields", Fact::told_besides},
    LaterLabel{"Slot 1 Board Manufacturer", Fact::told_besides},
    LaterLabel{"Slot 2 System Assembler", Fact::told_besides},
    LaterLabel{"Slot 3 Reserved", Fact::told_besides},
    LaterLabel{"M3 Autotest", Fact::told_besides},
    LaterLabel{"C-link Status", Fact::told_besides},
    LaterLabel{"Wireless Micro-code Mismatch", Fact::told_besides},
    LaterLabel{"Wireless Micro-code ID in Firmware", Fact::told_besides},
    LaterLabel{"Wireless LAN in Firmware", Fact::told_besides},
    LaterLabel{"Wireless Hardware ID", Fact::told_besides},
    LaterLabel{"Wireless LAN Hardware", Fact::told_besides},
    LaterLabel{"Localized Language", Fact::told_besides},
    LaterLabel{"Independent Firmware Recovery", Fact::told_besides},
    LaterLabel{"Capability Licensing Service", Fact::told_besides},
    LaterLabel{"Capability Licensing Service Status", Fact::told_besides},
    LaterLabel{"EPID Group ID", Fact::told_besides},
    LaterLabel{"LSPCON Ports", Fact::told_besides},
    LaterLabel{"5K Ports", Fact::told_besides},
    LaterLabel{"OEM Public Key Hash FPF", Fact::told_besides},
    LaterLabel{"OEM Public Key Hash ME", Fact::told_besides},
    LaterLabel{"ACM SVN FPF", Fact::told_besides},
    LaterLabel{"KM SVN FPF", Fact::told_besides},
    LaterLabel{"BSMM SVN FPF", Fact::told_besides},
    LaterLabel{"Provisioning Mode", Fact::told_besides},
};

}  // namespace

std::span<const LaterLabel> later_labels() {
  return kLaterLabels;
}

const LaterLabel* later_label_of(std::string_view line) {
  const LaterLabel* found = nullptr;
  for (const LaterLabel& row : kLaterLabels) {
    const bool longer = found == nullptr || row.label.size() > found->label.size();
    if (!longer || !same_letters(row.label, line.substr(0, row.label.size()))) continue;
    const std::string_view rest = line.substr(row.label.size());
    const bool apart = rest.starts_with(':') || rest.starts_with(" :") || rest.starts_with(" ");
    if (apart) found = &row;
  }
  return found;
}

}  // namespace scenarios::field
