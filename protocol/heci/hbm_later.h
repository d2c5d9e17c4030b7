// SPDX-License-Identifier: BSD-3-Clause
// Host bus messages that came after HBM 1.0 (Linux drivers/misc/mei/hw.h and hbm.c): those of 1.1
// to 2.2. Of power gating there is what D0i3 needs; the older way, by H_HPG_CSR, no device here
// offers.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "protocol/heci/hbm.h"

namespace protocol::hbm {

enum class LaterCommand : std::uint8_t {
  power_gate_req = 0x0A,   ///< 1.1: the host is about to let the link idle
  bus_disable_req = 0x0C,  ///< a BIOS's alone
  add_client_req = 0x0F,   ///< from the ME
  notify_req = 0x10,
  dma_setup_req = 0x12,     ///< 2.1
  capabilities_req = 0x13,  ///< 2.2
  client_dma_map_req = 0x14,
  client_dma_unmap_req = 0x15,
  power_gate_res = 0x8A,
  bus_disable_res = 0x8C,
  add_client_res = 0x8F,
  notify_res = 0x90,
  dma_setup_res = 0x92,
  capabilities_res = 0x93,
  client_dma_map_res = 0x94,
  client_dma_unmap_res = 0x95,
};

/// What host and device can beyond the version.
struct CapabilitiesRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t wanted = 0;  ///< bit 0 virtual tags, 1 GSC, 2 client DMA
};
struct CapabilitiesResponse {
  static constexpr std::size_t size = 4;
  std::uint8_t granted = 0;
};

/// Three rings of host memory: address and size each.
struct DmaSetupRequest {
  static constexpr std::size_t size = 40;
};
struct DmaSetupResponse {
  static constexpr std::size_t size = 4;
  std::uint8_t status = 0;  ///< not_allowed: there will be no ring, and nothing is wrong
};

struct AddClientRequest {
  static constexpr std::size_t size = 28;
  std::uint8_t me_addr = 0;
  ClientProperties properties;
};
struct AddClientResponse {
  static constexpr std::size_t size = 4;
  std::uint8_t me_addr = 0;
  std::uint8_t status = 0;
};

struct NotifyRequest {
  static constexpr std::size_t size = 4;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint8_t start = 0;
};
struct NotifyResponse {
  static constexpr std::size_t size = 8;
  std::uint8_t me_addr = 0;
  std::uint8_t host_addr = 0;
  std::uint8_t status = 0;
  std::uint8_t start = 0;
};

/// A command alone, in four bytes.
struct PowerGateResponse {
  static constexpr std::size_t size = 4;
};

/// Answers of two bytes: the command and a status.
struct ShortResponse {
  static constexpr std::size_t size = 2;
  LaterCommand command = LaterCommand::client_dma_map_res;
  std::uint8_t status = 0;
};
inline constexpr std::size_t kClientDmaMapSize = 16;
inline constexpr std::size_t kClientDmaUnmapSize = 4;

void encode(base::ByteWriter&, const CapabilitiesRequest&);
void encode(base::ByteWriter&, const CapabilitiesResponse&);
void encode(base::ByteWriter&, const DmaSetupRequest&);
void encode(base::ByteWriter&, const DmaSetupResponse&);
void encode(base::ByteWriter&, const AddClientRequest&);
void encode(base::ByteWriter&, const AddClientResponse&);
void encode(base::ByteWriter&, const NotifyRequest&);
void encode(base::ByteWriter&, const NotifyResponse&);
void encode(base::ByteWriter&, const PowerGateResponse&);
void encode(base::ByteWriter&, const ShortResponse&);

std::optional<CapabilitiesRequest> decode_capabilities_request(base::ByteView);
std::optional<CapabilitiesResponse> decode_capabilities_response(base::ByteView);
std::optional<DmaSetupRequest> decode_dma_setup_request(base::ByteView);
std::optional<DmaSetupResponse> decode_dma_setup_response(base::ByteView);
std::optional<AddClientRequest> decode_add_client_request(base::ByteView);
std::optional<AddClientResponse> decode_add_client_response(base::ByteView);
std::optional<NotifyRequest> decode_notify_request(base::ByteView);
std::optional<NotifyResponse> decode_notify_response(base::ByteView);

}  // namespace protocol::hbm
