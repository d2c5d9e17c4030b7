// SPDX-License-Identifier: BSD-3-Clause
// The MKHI client: capabilities, rules and versions. One client at two addresses: fixed address 7
// for a BIOS, and one that the bus gives for host software that connects. From ME 9 on the fixed
// one is listed, under a GUID of its own.
#pragma once

#include "emulator/firmware/firmware_view.h"
#include "emulator/heci/me_client.h"
#include "protocol/generation.h"
#include "protocol/mei/mkhi.h"

namespace emulator::clients {

/// `files`: MCHI of CSME 15, which speaks the same messages, and of them those about files alone.
enum class MkhiFace : std::uint8_t { connected, fixed_listed, files };

class MkhiClient final : public heci::MeClient {
 public:
  static const sim::MessageWords kWords;

  MkhiClient(firmware::FirmwareView& firmware, heci::ReplyPort& port,
             MkhiFace face = MkhiFace::connected)
      : face_(face), firmware_(firmware), port_(port) {}

  protocol::hbm::ClientProperties properties() const override;
  const sim::MessageWords& words() const override { return kWords; }
  void receive(heci::Connection from, base::ByteView message) override;
  void disconnected(heci::Connection) override {}

 private:
  void answer_rule(heci::Connection to, base::ByteView message);
  void answer_firmware_version(heci::Connection to);
  void answer_update_status(heci::Connection to);
  void answer_progress(heci::Connection to);
  void answer_hmrfpo(heci::Connection to, protocol::mkhi::Header request);
  std::uint8_t unknown_command() const;
  std::uint8_t invalid_parameter() const;
  void answer_mkhi_version(heci::Connection to);
  void answer_end_of_post(heci::Connection to);
  void answer_unconfigure(heci::Connection to, protocol::mkhi::Header request);
  void answer_result(heci::Connection to, protocol::mkhi::Header request, std::uint8_t result);
  const protocol::Generation& generation() const;

  // mkhi_client_later.cpp
  bool is_of_this_face(protocol::mkhi::Header request) const;
  void answer_later(heci::Connection to, protocol::mkhi::Header request, base::ByteView message);
  void answer_set_rule(heci::Connection to, base::ByteView message);
  void answer_word_pair(heci::Connection to, protocol::mkhi::Header request, std::uint32_t word);
  void answer_state(heci::Connection to, protocol::mkhi::Header request, std::uint8_t state);
  void answer_read_file(heci::Connection to, base::ByteView message);

  MkhiFace face_;
  firmware::FirmwareView& firmware_;
  heci::ReplyPort& port_;
};

}  // namespace emulator::clients
