// SPDX-License-Identifier: BSD-3-Clause
// Wording: the tools' public sources (intelmetool, fwupd, tpm-tools, Linux) and what owners' posts
// show. Device ids: Linux, drivers/misc/mei/hw-me-regs.h.
#include "scenarios/field/reading/other_tool_table.h"

#include <algorithm>
#include <array>

namespace scenarios::field {
namespace {

using enum Fact;

constexpr std::array kOtherToolRows = {
    // coreboot's intelmetool
    OtherToolRow{Tool::intelmetool, "ME Status 2", status_word_2},
    OtherToolRow{Tool::intelmetool, "ME Status", status_word_1},
    OtherToolRow{Tool::intelmetool, "ME: FW Partition Table", flash_partition},
    OtherToolRow{Tool::intelmetool, "ME: Bringup Loader Failure", loader_state},
    OtherToolRow{Tool::intelmetool, "ME: Firmware Init Complete", init_complete},
    OtherToolRow{Tool::intelmetool, "ME: Manufacturing Mode", manufacturing_mode},
    OtherToolRow{Tool::intelmetool, "ME: Boot Options Present"},
    OtherToolRow{Tool::intelmetool, "ME: Update In Progress : YES", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "ME: Update In Progress: YES", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "ME: Update In Progress"},
    OtherToolRow{Tool::intelmetool, "ME: Current Working State", working_state},
    OtherToolRow{Tool::intelmetool, "ME: Current Operation State", operational_state},
    OtherToolRow{Tool::intelmetool, "ME: Current Operation Mode", operation_mode},
    OtherToolRow{Tool::intelmetool, "ME: Error Code", state_error},
    OtherToolRow{Tool::intelmetool, "ME: Progress Phase State"},
    OtherToolRow{Tool::intelmetool, "ME: Progress Phase", progress_phase},
    OtherToolRow{Tool::intelmetool, "ME: Power Management Event"},
    OtherToolRow{Tool::intelmetool, "ME: Extend"},
    OtherToolRow{Tool::intelmetool, "ME: GET FW VERSION message failed", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "ME: GET FWCAPS message failed", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "ME: failed to become ready", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "ME: timeout waiting for data", {}, RowForm::value},
    OtherToolRow{Tool::intelmetool, "ME: has a broken implementation", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "ME seems okay on this board", {}, RowForm::value},
    OtherToolRow{Tool::intelmetool, "Bad news, you have a", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "Good news, you have a", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "MEI was hidden on PCI", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "MEI not hidden on PCI", {}, RowForm::value},
    OtherToolRow{Tool::intelmetool, "MEI device not found", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "Can't find ME PCI device", tool_says, RowForm::whole},
    OtherToolRow{Tool::intelmetool, "ME Capability", {}, RowForm::value},
    // MEManuf
    OtherToolRow{Tool::memanuf, "MEManuf Test Passed", tool_says, RowForm::whole},
    OtherToolRow{Tool::memanuf, "MEManuf Operation Passed", tool_says, RowForm::whole},
    OtherToolRow{Tool::memanuf, "MEManuf Test Failed", tool_says, RowForm::whole},
    OtherToolRow{Tool::memanuf, "MEManuf End-Of-Line Test", tool_says, RowForm::whole},
    OtherToolRow{Tool::memanuf, "Get FWU info command...", {}, RowForm::value},
    OtherToolRow{Tool::memanuf, "Get FWU version command...", {}, RowForm::value},
    OtherToolRow{Tool::memanuf, "Get FWU feature state command...", {}, RowForm::value},
    OtherToolRow{Tool::memanuf, "Get ME FWU", {}, RowForm::value},
    // Flash Programming Tool
    OtherToolRow{Tool::fpt, "Platform: Intel(R)", tool_says, RowForm::whole},
    OtherToolRow{Tool::fpt, "Reading HSFSTS register", {}, RowForm::value},
    OtherToolRow{Tool::fpt, "--- Flash Devices Found ---", {}, RowForm::value},
    OtherToolRow{Tool::fpt, "FPT Operation Passed", tool_says, RowForm::whole},
    OtherToolRow{Tool::fpt, "FPT Operation Failed", tool_says, RowForm::whole},
    OtherToolRow{Tool::fpt, "Reading Flash [", {}, RowForm::value},
    OtherToolRow{Tool::fpt, "- Reading Flash [", {}, RowForm::value},
    OtherToolRow{Tool::fpt, "- Erasing Flash Block", {}, RowForm::value},
    OtherToolRow{Tool::fpt, "- Programming Flash", {}, RowForm::value},
    // fwupdmgr
    OtherToolRow{Tool::fwupdmgr, "Host Security ID", tool_says, RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "CSME manufacturing mode", manufacturing_mode},
    OtherToolRow{Tool::fwupdmgr, "MEI manufacturing mode", manufacturing_mode},
    OtherToolRow{Tool::fwupdmgr, "CSME override", operation_mode},
    OtherToolRow{Tool::fwupdmgr, "MEI override", operation_mode},
    OtherToolRow{Tool::fwupdmgr, "CSME v", tool_says, RowForm::whole, kFirstUnknownGeneration},
    OtherToolRow{Tool::fwupdmgr, "Update State", tool_says, RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "Update Error", tool_says, RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "Previous version", tool_says, RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "Devices that were not updated correctly", tool_says,
                 RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "Intel Management Engine (", tool_says, RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "MEI version", tool_says, RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "MEI v", tool_says, RowForm::whole},
    OtherToolRow{Tool::fwupdmgr, "MEI key manifest", tool_says, RowForm::whole},
    // lspci
    OtherToolRow{Tool::lspci, "Kernel driver in use", driver_says},
    OtherToolRow{Tool::lspci, "Kernel modules"},
    OtherToolRow{Tool::lspci, "Subsystem"},
    // the mei driver's files below /sys/kernel/debug/mei0
    OtherToolRow{Tool::mei_files, "dev: ENABLED", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "dev: DISABLED", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "dev: INITIALIZING", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "dev: INIT_CLIENTS", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "dev: RESETTING", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "dev: POWERING_DOWN", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "dev: POWER_DOWN", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "dev: POWER_UP", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "hbm: IDLE", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "hbm: STARTING", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "hbm: STARTED", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "hbm: ENUM_CLIENTS", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "hbm: CLIENT_PROPERTIES", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "hbm: STOPPED", tool_says, RowForm::whole},
    OtherToolRow{Tool::mei_files, "hbm features:", {}, RowForm::value},
    OtherToolRow{Tool::mei_files, "|id|fix| UUID", {}, RowForm::value},
    OtherToolRow{Tool::mei_files, "|id|addr| UUID", {}, RowForm::value},
    OtherToolRow{Tool::mei_files, "|me|host|state|", {}, RowForm::value},
    // our own updater
    OtherToolRow{Tool::meupdate, "meupdate: ", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "\"schema\": \"meupdate-", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "{\"schema\":\"meupdate-", tool_says, RowForm::whole},
    // tpm-tools, the kernel's files of a TPM
    OtherToolRow{Tool::tpm_tools, "TPM 1.2 Version Info"},
    OtherToolRow{Tool::tpm_tools, "Chip Version", tpm_device},
    OtherToolRow{Tool::tpm_tools, "Spec Level"},
    OtherToolRow{Tool::tpm_tools, "TPM Version"},
    OtherToolRow{Tool::tpm_tools, "Errata Revision"},
    OtherToolRow{Tool::tpm_tools, "Manufacturer Info"},
    OtherToolRow{Tool::tpm_tools, "Tspi_", tpm_answer, RowForm::whole},
    OtherToolRow{Tool::tpm_tools, "Tddl_", tpm_answer, RowForm::whole},
    OtherToolRow{Tool::tpm_tools, "TPM Enabled", tool_says},
    OtherToolRow{Tool::tpm_tools, "TPM Active", tool_says},
    // screens of set-up and of the MEBx, typed by hand
    OtherToolRow{Tool::screen, "Security Chip", security_chip},
    OtherToolRow{Tool::screen, "TPM Device", security_chip},
    OtherToolRow{Tool::screen, "Embedded Security Device", security_chip},
    OtherToolRow{Tool::screen, "ME Firmware Version", later_version},
    OtherToolRow{Tool::screen, "ME FW Version", later_version},
    OtherToolRow{Tool::screen, "ME Version", later_version},
    OtherToolRow{Tool::screen, "Intel(R) ME FW Version", later_version},
    OtherToolRow{Tool::screen, "Intel ME FW Version", later_version},
    OtherToolRow{Tool::screen, "Intel ME Version", later_version},
    OtherToolRow{Tool::screen, "Intel(R) ME Firmware Version", later_version},
    OtherToolRow{Tool::screen, "Intel Management Engine Version", later_version},
    OtherToolRow{Tool::screen, "Management Engine Version", later_version},
    OtherToolRow{Tool::screen, "ME firmware now", later_version},
    OtherToolRow{Tool::screen, "ME Firmware Status", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Intel Management Engine Information", {}, RowForm::value},
    OtherToolRow{Tool::screen, "Intel Management Engine BIOS Extension", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "WARNING: Intel ME Initialization Failed", tool_says,
                 RowForm::whole},
    OtherToolRow{Tool::screen, "Intel ME Initialization Failed", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "ME System is going through", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "System will go through a power cycle reset", {}, RowForm::value},
    OtherToolRow{Tool::screen, "Firmware Version Matched", {}, RowForm::value},
    OtherToolRow{Tool::screen, "(A7) Me FW Downgrade", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Me FW Downgrade", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Error sending End Of Post message to ME", tool_says,
                 RowForm::whole},
    OtherToolRow{Tool::screen, "HECI disabled, proceeding with boot", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Reading ME Firmware", {}, RowForm::value},
    OtherToolRow{Tool::screen, "Recovering ME Firmware", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Failed to recover ME Firmware", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Intel TPM failed", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Intel TPM operational", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Intel Management Engine Interface: This device cannot start",
                 tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Intel(R) Management Engine Interface: This device cannot start",
                 tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "ME Firmware Mode", operation_mode},
    OtherToolRow{Tool::screen, "ME State", working_state},
    OtherToolRow{Tool::screen, "Intel(R) Management Engine BIOS Extension", tool_says,
                 RowForm::whole},
    OtherToolRow{Tool::screen, "Intel(R) ME State Control", tool_says, RowForm::whole},
    OtherToolRow{Tool::screen, "Intel(R) ME Firmware Local Update", local_update},
    OtherToolRow{Tool::screen, "ME Firmware Local Update", local_update},
};

constexpr std::array kMeupdateRows = {
    OtherToolRow{Tool::meupdate, "firmware status", status_word_1, RowForm::value},
    OtherToolRow{Tool::meupdate, "PCI function", pci_id, RowForm::value},
    OtherToolRow{Tool::meupdate, "running version", later_version, RowForm::value},
    OtherToolRow{Tool::meupdate, "recovery version", {}, RowForm::value},
    OtherToolRow{Tool::meupdate, "state", working_state, RowForm::value},
    OtherToolRow{Tool::meupdate, "local update", local_update, RowForm::value},
    OtherToolRow{Tool::meupdate, "last update status", last_update_status, RowForm::value},
    OtherToolRow{Tool::meupdate, "Updated:", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "Written", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "Failed:", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "NOT VERIFIED.", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "Interrupted", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "Reason:", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "Refused", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "The device", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "It stopped", tool_says, RowForm::whole},
    OtherToolRow{Tool::meupdate, "Next step:", tool_says, RowForm::whole},
};

constexpr std::array kChipsets = {
    ChipsetRow{"2974", 2, "946GZ: firmware 2"},
    ChipsetRow{"2984", 2, "G35: firmware 2"},
    ChipsetRow{"2994", 2, "Q965: firmware 2"},
    ChipsetRow{"29a4", 2, "G965: firmware 2"},
    ChipsetRow{"29b4", 3, "Q35: firmware 3"},
    ChipsetRow{"29c4", 3, "P35, G33: firmware 3"},
    ChipsetRow{"2a04", 2, "965 for laptops: firmware 2"},
    ChipsetRow{"2a44", 4, "4 series for laptops: firmware 4"},
    ChipsetRow{"2e04", 5, "4 series: firmware 5"},
    ChipsetRow{"2e14", 5, "Q45, Q43: firmware 5"},
    ChipsetRow{"2e24", 5, "G45, P45: firmware 5"},
    ChipsetRow{"3b64", 6, "5 series: firmware 6"},
    ChipsetRow{"1c3a", 7, "6 series: firmware 7"},
    ChipsetRow{"1d3a", 7, "X79, C600: firmware 7"},
    ChipsetRow{"1e3a", 8, "7 series: firmware 8"},
    ChipsetRow{"8c3a", 9, "8 series: firmware 9"},
    ChipsetRow{"9c3a", 9, "8 series for laptops: firmware 9.5"},
    ChipsetRow{"8cba", 9, "9 series: firmware 9.1"},
    ChipsetRow{"9cba", 10, "9 series for laptops: firmware 10"},
    ChipsetRow{"a13a", 11, "100 series: firmware 11"},
    ChipsetRow{"9d3a", 11, "100 series for laptops: firmware 11"},
    ChipsetRow{"a2ba", 11, "200 series: firmware 11"},
    ChipsetRow{"9de0", 12, "300 series for laptops: firmware 12"},
    ChipsetRow{"a360", 12, "300 series: firmware 12"},
    ChipsetRow{"02e0", 14, "400 series for laptops: firmware 14"},
    ChipsetRow{"06e0", 14, "400 series: firmware 14"},
    ChipsetRow{"43e0", 15, "500 series: firmware 15"},
    ChipsetRow{"a0e0", 15, "500 series for laptops: firmware 15"},
    ChipsetRow{"7ae8", 16, "600 series: firmware 16"},
    ChipsetRow{"51e0", 16, "600 series for laptops: firmware 16"},
    ChipsetRow{"7a68", 16, "700 series: firmware 16"},
};

}  // namespace

std::span<const OtherToolRow> other_tool_rows() {
  return kOtherToolRows;
}

std::span<const OtherToolRow> meupdate_rows() {
  return kMeupdateRows;
}

const ChipsetRow* chipset_of(std::string_view device) {
  const auto* row = std::find_if(kChipsets.begin(), kChipsets.end(),
                                 [&](const ChipsetRow& each) { return each.device == device; });
  return row == kChipsets.end() ? nullptr : row;
}

}  // namespace scenarios::field
