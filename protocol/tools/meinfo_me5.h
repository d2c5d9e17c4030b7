// SPDX-License-Identifier: BSD-3-Clause
// MEInfo 5: after esprimo-e5730/meinfo-dos-5.0.1.1111.txt and meinfo-win81-*.txt.
#pragma once

#include "protocol/tools/meinfo_tpm.h"
#include "protocol/tools/meinfo_words.h"

namespace protocol::tools {

inline constexpr Line kMeinfoMe5[] = {
    {.label = "Reading Fw Status Register", .form = Form::plain, .end = "....", .opens = true},
    {.fact = Fact::firmware_status, .label = "FW Status Register"},
    {.fact = Fact::bios_version, .label = "BIOS Version"},
    {.fact = Fact::brand, .label = "{brand} code versions", .form = Form::title},
    {.fact = Fact::flash_version, .label = "Flash"},
    {.fact = Fact::netstack_version, .label = "Netstack", .form = Form::joined},
    {.fact = Fact::apps_version, .label = "Apps"},
    {.fact = Fact::amt_version, .label = "{brand}", .form = Form::joined},
    {.fact = Fact::capabilities,
     .label = "FW Capabilities",
     .form = Form::names_beneath,
     .words = kCapabilityWords},
    {.fact = Fact::vendor, .label = "VendorID"},
    {.fact = Fact::build_number, .label = "Build Number"},
    {.fact = Fact::manageability_mode, .label = "Manageability Mode", .words = kManageabilityWords},
    // Left out where there is no such software, as in the DOS log.
    {.fact = Fact::uns_version, .label = "UNS Version", .untold = {}},
    {.fact = Fact::lms_version, .label = "LMS Version", .untold = {}},
    {.fact = Fact::mei_driver_version, .label = "MEI Driver version", .untold = {}},
    {.fact = Fact::link_status, .label = "Link status", .words = kLinkWords},
    {.fact = Fact::crypto_fuse, .label = "Cryptography fuse", .words = kEnabledWords},
    {.fact = Fact::flash_protection, .label = "Flash protection", .words = kEnabledWords},
    {.fact = Fact::reset_reason, .label = "Last ME reset reason", .words = kResetWords},
    {.fact = Fact::configuration_state,
     .label = "Configuration state",
     .words = kConfigurationWords},
    {.fact = Fact::boot_state, .label = "BIOS boot State", .words = kBootWords},
    {.fact = Fact::mac_address, .label = "MAC Address", .tells_dialect = false},
    {.fact = Fact::override_counter, .label = "FWU Override Counter", .words = kCounterWords},
    {.fact = Fact::override_qualifier, .label = "FWU Override Qualifier", .words = kQualifierWords},
    {.fact = Fact::ip_address, .label = "IP Address"},
    {.fact = Fact::mebx_version, .label = "MEBx Version"},
    {.fact = Fact::ft_version, .label = "FT Version"},
    {.fact = Fact::ft_build_number, .label = "FT Build Number"},
    {.fact = Fact::local_update, .label = "Local FWUpdate", .words = kLocalUpdateWords},
    {.fact = Fact::secure_update, .label = "Secure FWUpdate", .words = kEnabledWords},
    {.fact = Fact::remote_connectivity,
     .label = "Remote Connectivity Service Capability",
     .words = kTruthWords,
     .tells_dialect = false},
    {.fact = Fact::configuration_mode, .label = "Configuration Mode", .words = kModeWords},
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
