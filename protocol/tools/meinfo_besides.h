// SPDX-License-Identifier: BSD-3-Clause
// Lines of MEInfo and MEManuf from ME 6 on that say nothing about an update: known, so that none is
// taken for a person's, and told to nobody. Wording: winraid 31516, 32513, 33539, 35961,
// 30719 (pages 155 and 300), logs of 7.1, 8.1 and 10.0 that owners keep in public repositories.
#pragma once

#include "protocol/tools/line.h"

namespace protocol::tools {

constexpr Line besides(std::string_view label) {
  return {.fact = Fact::told_besides, .label = label};
}
/// Whose label no person's line begins with.
constexpr Line besides_bare(std::string_view label) {
  return {.fact = Fact::told_besides, .label = label, .known_bare = true};
}
/// The whole line, perhaps with a colon behind it.
constexpr Line title_besides(std::string_view text) {
  return {.fact = Fact::told_besides, .label = text, .form = Form::title};
}
/// A line whose words go on behind it.
constexpr Line said_besides(std::string_view text) {
  return {.fact = Fact::told_besides, .label = text, .form = Form::plain};
}

inline constexpr Line kMeinfoBesides[] = {
    besides_bare("PCH Version"),
    besides_bare("Gbe Version"),
    besides_bare("GbE Version"),
    besides_bare("GBE Region"),
    besides_bare("GbE Region"),
    besides("Security Version (SVN)"),
    besides_bare("Windows OS Version"),
    besides("Re-key needed"),
    besides("Platform is re-key capable"),
    besides("TLS"),
    besides("BIOS Config Lock"),
    besides("GbE Config Lock"),
    besides("BIOS and GbE Config Lock"),
    besides("CPU Upgrade State"),
    besides("Cryptography Support"),
    besides("Intel(R) AMT State"),
    besides("Intel(R) Standard Manageability State"),
    besides_bare("Host Read Access to ME"),
    besides("Host Write Access to ME"),
    besides("Host Read Access to EC"),
    besides("Host Write Access to EC"),
    besides("SPI Flash ID 1"),
    besides("SPI Flash ID 2"),
    besides("SPI Flash ID #1"),
    besides("SPI Flash ID #2"),
    besides("SPI Flash ID VSCC #1"),
    besides("SPI Flash ID VSCC #2"),
    besides("SPI Flash BIOS VSCC"),
    besides("System UUID"),
    besides("OEM Id"),
    besides("OEM Tag"),
    besides("Report on Revenue Sharing ID Fields"),
    besides("Slot 1 Board Manufacturer"),
    besides("Slot 2 System Assembler"),
    besides("Slot 3 Reserved"),
    besides("M3 Autotest"),
    besides("C-link Status"),
    besides("IPv6 Enablement"),
    besides("Privacy/Security Level"),
    besides("Wireless Micro-code Mismatch"),
    besides("Wireless Micro-code ID in Firmware"),
    besides("Wireless LAN in Firmware"),
    besides("Wireless Hardware ID"),
    besides("Wireless LAN Hardware"),
    besides("Localized Language"),
    besides("Independent Firmware Recovery"),
    besides("Capability Licensing Service"),
    besides("Capability Licensing Service Status"),
    besides("Keybox"),
    besides("EPID Group ID"),
    besides("LSPCON Ports"),
    besides("5K Ports"),
    besides("OEM Public Key Hash (FPF)"),
    besides("OEM Public Key Hash (ME)"),
    besides("OEM Public Key Hash FPF"),
    besides("OEM Public Key Hash ME"),
    besides("ACM SVN FPF"),
    besides("KM SVN FPF"),
    besides("BSMM SVN FPF"),
    besides("Force Boot Guard ACM"),
    besides("Protect BIOS Environment"),
    besides("CPU Debug Disabled"),
    besides("BSP Initialization Disabled"),
    besides("Measured Boot"),
    besides("Verified Boot"),
    besides("Key Manifest ID"),
    besides("Enforcement Policy"),
    besides("Provisioning Mode"),
    besides("SPI Flash Log"),
    besides("FPF HW Source value"),
    besides("ME FPF Fusing Patch Status"),
    besides("FPF and ME Config Status"),
    besides("PhaseStatus"),
    besides("Platform Type"),
    besides("FW Type"),
    besides("Integrated Sensor Hub Initial Power State"),
    besides("Intel(R) PTT Supported"),
    besides("Intel(R) PTT initial power-up state"),
    besides("PMC FW Version"),
    besides("LOCL FW Version"),
    besides("WCOD FW Version"),
    besides("PCH Device ID"),
    besides("PCH Step Data"),
    besides("PCH SKU Type"),
    besides("PCH Replacement State"),
    besides("PCH Replacement Counter"),
    besides("PCH Unlocked State"),
    besides("LPC Device Id"),
    title_besides("IUPs Information"),
    title_besides("PCH Information"),
    title_besides("Flash Information"),
    said_besides("Platform stepping value is"),
    said_besides("Platform: Cannonlake Platform"),
    title_besides("SMBIOS Table Data"),
    said_besides("Starting address:"),
    said_besides("Table Size in Bytes:"),
    said_besides("Number of Table Entries:"),
    said_besides("Table Type"),
    said_besides("FW Capabilities value is"),
    said_besides("Feature enablement is"),
    said_besides("Platform type is"),
    said_besides("Protected Range Register Base #"),
    said_besides("Protected Range Register Limit #"),
    said_besides("Command response reports interface"),
    title_besides("Intel(R) Manageability and Security Application code versions"),
};

}  // namespace protocol::tools
