// SPDX-License-Identifier: BSD-3-Clause
// The TIS 1.2 registers of one locality, as both sides see them (TCG PC Client TPM Interface
// Specification 1.2, tables 3 to 10). Locality n has its own 4 KiB from FED40000 + n * 1000.
#pragma once

#include <cstdint>

namespace protocol::tpm::tis {

inline constexpr std::uint32_t kLocalities = 5;
inline constexpr std::uint32_t kLocalitySize = 0x1000;

inline constexpr std::uint32_t kAccess = 0x000;          ///< 8 bits
inline constexpr std::uint32_t kIntEnable = 0x008;       ///< 32 bits
inline constexpr std::uint32_t kIntVector = 0x00C;       ///< 8 bits
inline constexpr std::uint32_t kIntStatus = 0x010;       ///< 32 bits, write 1 to clear
inline constexpr std::uint32_t kIntfCapability = 0x014;  ///< 32 bits
inline constexpr std::uint32_t kSts = 0x018;             ///< 8 bits, then burstCount, 16 bits
inline constexpr std::uint32_t kDataFifo = 0x024;        ///< a byte port, four addresses wide
inline constexpr std::uint32_t kDidVid = 0xF00;
inline constexpr std::uint32_t kRid = 0xF04;

inline constexpr std::uint8_t kAccessEstablishment = 1u << 0;  ///< 0: a dynamic launch has happened
inline constexpr std::uint8_t kAccessRequestUse = 1u << 1;
inline constexpr std::uint8_t kAccessPendingRequest = 1u << 2;
inline constexpr std::uint8_t kAccessSeize = 1u << 3;
inline constexpr std::uint8_t kAccessBeenSeized = 1u << 4;
inline constexpr std::uint8_t kAccessActive = 1u << 5;
inline constexpr std::uint8_t kAccessValid = 1u << 7;

inline constexpr std::uint8_t kStsResponseRetry = 1u << 1;
inline constexpr std::uint8_t kStsExpect = 1u << 3;
inline constexpr std::uint8_t kStsDataAvail = 1u << 4;
inline constexpr std::uint8_t kStsGo = 1u << 5;
inline constexpr std::uint8_t kStsCommandReady = 1u << 6;
inline constexpr std::uint8_t kStsValid = 1u << 7;

inline constexpr std::uint32_t kIntDataAvail = 1u << 0;
inline constexpr std::uint32_t kIntStsValid = 1u << 1;
inline constexpr std::uint32_t kIntLocalityChange = 1u << 2;
inline constexpr std::uint32_t kIntCommandReady = 1u << 7;
inline constexpr std::uint32_t kIntGlobal = 1u << 31;
inline constexpr std::uint32_t kIntKinds =
    kIntDataAvail | kIntStsValid | kIntLocalityChange | kIntCommandReady;
/// The four kinds, and level-low as the one polarity (bit 4; INT_ENABLE's polarity field then
/// reads 01).
inline constexpr std::uint32_t kCapabilities = kIntKinds | 1u << 4;
inline constexpr std::uint32_t kIntPolarityLevelLow = 1u << 3;

}  // namespace protocol::tpm::tis
