// SPDX-License-Identifier: BSD-3-Clause
// MEInfo 4: after thinkpad-t400/meinfo-windows-4.0.3.1124.txt, which breaks off behind "FT
// Version"; the lines that follow are those of generation 5.
#pragma once

#include "protocol/tools/meinfo_tpm.h"
#include "protocol/tools/meinfo_words.h"

namespace protocol::tools {

inline constexpr Line kMeinfoMe4[] = {
    {.label = "AMT SKU Found.", .form = Form::plain, .only_with = OnlyWith::amt, .opens = true},
    {.fact = Fact::bios_version, .label = "BIOS Version"},
    {.fact = Fact::brand, .label = "{brand} code versions", .form = Form::title},
    {.fact = Fact::flash_version, .label = "Flash"},
    {.fact = Fact::netstack_version, .label = "Netstack"},
    {.fact = Fact::apps_version, .label = "Apps"},
    {.fact = Fact::amt_version, .label = "{brand}"},
    {.fact = Fact::sku_names, .label = "SKU", .form = Form::names, .words = kSkuNameWords},
    {.fact = Fact::vendor, .label = "VendorID"},
    {.fact = Fact::build_number, .label = "Build Number"},
    {.fact = Fact::amt_mode,
     .label = "{brand} Mode",
     .form = Form::may_be_bare,
     .words = kModeOrEmptyWords},
    {.fact = Fact::link_status, .label = "Link status", .words = kLinkWords},
    {.fact = Fact::crypto_fuse, .label = "Cryptography fuse", .words = kEnabledWords},
    {.fact = Fact::flash_protection, .label = "Flash protection", .words = kEnabledWords},
    {.fact = Fact::reset_reason, .label = "Last ME reset reason", .words = kResetWords},
    {.fact = Fact::configuration_state,
     .label = "Configuration state",
     .words = kConfigurationWords},
    {.fact = Fact::boot_state, .label = "BIOS boot State", .words = kBootWords},
    {.fact = Fact::mac_address, .label = "Host Mac Address"},
    {.fact = Fact::wireless_mac_address,
     .label = "Wireless MAC address",
     .refused = "Error: Firmware status is not success"},
    {.label = "Please check if the Wireless card is installed",
     .form = Form::plain,
     .only_with = OnlyWith::refused_wireless},
    {.fact = Fact::override_counter, .label = "FWU Override Counter", .words = kCounterWords},
    {.fact = Fact::override_qualifier, .label = "FWU Override Qualifier", .words = kQualifierWords},
    {.fact = Fact::wireless_driver, .label = "Wireless Driver Version"},
    {.fact = Fact::wireless_hardware, .label = "Wireless Hardware Version", .tells_dialect = false},
    // The log spells it with a small letter.
    {.fact = Fact::uns_version, .label = "UNS Version", .untold = "Not available"},
    {.fact = Fact::lms_version, .label = "LMS Version"},
    {.fact = Fact::mei_driver_version, .label = "MEI Driver version"},
    {.fact = Fact::mebx_version, .label = "MEBx Version"},
    {.fact = Fact::ft_version, .label = "FT Version"},
    {.fact = Fact::ft_build_number, .label = "FT Build Number"},
    {.fact = Fact::local_update, .label = "Local FWUpdate", .words = kLocalUpdateWords},
    {.fact = Fact::secure_update, .label = "Secure FWUpdate", .words = kEnabledWords},
    kTpmVendor,
    kTpmSpecification,
    kTpmVersion,
    kTpmBuildNumber,
    kTpmState,
    kTpmMode,
    kTpmFips,
    kTpmThreshold,
    kTpmLockout,
    kTpmMultiplier,
    kTpmFadeOut,
    kPresenceLifetimeLock,
    kPresenceCommand,
    kPresenceHardware,
    kTpmFuses,
    {.fact = Fact::override_behaviour,
     .label = "FW behavior on Flash Descriptor Override Pin-Strap",
     .words = kOverrideWords},
};

}  // namespace protocol::tools
