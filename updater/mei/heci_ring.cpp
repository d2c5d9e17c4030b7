// SPDX-License-Identifier: BSD-3-Clause
#include "updater/mei/heci_ring.h"

#include <algorithm>

#include "base/promise.h"
#include "updater/io/poll.h"
#include "updater/mei/heci_limits.h"

namespace updater::mei {
namespace {

using base::ByteView;
using base::Errc;
using base::Error;
using base::Result;
using protocol::heci::filled_slots;
using protocol::heci::HCsr;
using protocol::heci::kMaxFragmentLength;
using protocol::heci::MeCsrHa;
using protocol::heci::MessageHeader;
using protocol::heci::slots_for;

bool legal(std::uint32_t depth) {
  const auto& depths = protocol::heci::kLegalDepths;
  return std::find(depths.begin(), depths.end(), depth) != depths.end();
}

Error no_such_depth(const char* field, std::uint32_t depth) {
  return {Errc::protocol,
          std::string("starting the HECI link: ") + field + " is " + std::to_string(depth) +
              " slots, a ring has 2, 4, 8, 16, 32, 64 or 128",
          depth};
}

Error link_reset(const char* sign) {
  return {Errc::disconnected, std::string("using the HECI link: it was reset (") + sign + ")"};
}

}  // namespace

Result<void> HeciRing::start() {
  const auto host = registers_.host();
  if (!host) return host.error();
  const auto me = registers_.me();
  if (!me) return me.error();
  depth_ = (*host)[HCsr::cbd];
  me_depth_ = (*me)[MeCsrHa::cbd];
  if (!legal(depth_)) return no_such_depth("H_CBD", depth_);
  if (!legal(me_depth_)) return no_such_depth("ME_CBD_HRA", me_depth_);
  written_ = static_cast<std::uint8_t>((*host)[HCsr::cbwp]);
  read_ = static_cast<std::uint8_t>((*me)[MeCsrHa::cbrp]);
  return {};
}

// A reset that came and went between two looks leaves both RDY bits set, but not the pointers where
// they were.
Result<HeciRing::Filled> HeciRing::look() {
  const auto host = registers_.host();
  if (!host) return host.error();
  const auto me = registers_.me();
  if (!me) return me.error();
  if (!(*me)[MeCsrHa::rdy]) return link_reset("ME_RDY is 0");
  if (!(*host)[HCsr::rdy]) return link_reset("H_RDY is 0");
  if ((*host)[HCsr::cbwp] != written_) return link_reset("H_CBWP moved by itself");
  if ((*me)[MeCsrHa::cbrp] != read_) return link_reset("ME_CBRP moved by itself");
  const Filled filled = {.host = filled_slots((*host)[HCsr::cbwp], (*host)[HCsr::cbrp]),
                         .me = filled_slots((*me)[MeCsrHa::cbwp], (*me)[MeCsrHa::cbrp])};
  if (filled.host > depth_ || filled.me > me_depth_) {
    return Error{Errc::protocol, "using the HECI link: more slots are filled than the ring has"};
  }
  return filled;
}

Result<std::uint32_t> HeciRing::free_slots() {
  const auto filled = look();
  if (!filled) return filled.error();
  return depth_ - filled->host;
}

Result<std::optional<std::uint16_t>> HeciRing::next_fragment(std::size_t rest) {
  const auto free = free_slots();
  if (!free) return free.error();
  const std::size_t whole = std::min<std::size_t>(rest, kMaxFragmentLength);
  if (whole == rest && 1 + slots_for(static_cast<std::uint32_t>(rest)) <= *free) {
    return std::optional(static_cast<std::uint16_t>(rest));
  }
  if (*free < depth_) return std::optional<std::uint16_t>();
  return std::optional(static_cast<std::uint16_t>((depth_ - 1) * 4));
}

Result<void> HeciRing::write(MessageHeader header, ByteView payload) {
  MEBENCH_PROMISE(header.length == payload.size(), "a header tells the length of what follows");
  const std::uint32_t slots = 1 + slots_for(header.length);
  slots_[0] = encode(header);
  protocol::heci::pack_slots(payload, std::span(slots_).subspan(1));
  registers_.write_slots(std::span(slots_).first(slots));
  written_ = static_cast<std::uint8_t>(written_ + slots);
  if (const auto rung = registers_.ring_doorbell(); !rung) return rung;
  const auto still = look();
  if (!still) return still.error();
  return {};
}

Result<HeciRing::Read> HeciRing::read(Fragment& out) {
  const auto filled = look();
  if (!filled) return filled.error();
  if (filled->me == 0) return Read::nothing;
  out.header = protocol::heci::decode_header(registers_.read_slot());
  ++read_;
  // A link that was reset just now read as all ones and moved no pointer: say that, not
  // "reserved bits".
  if (const auto still = look(); !still) return still.error();
  if (const auto good = judge(out); !good) return good.error();
  if (const auto there = wait_for_payload(slots_for(out.header.length)); !there)
    return there.error();
  if (const auto done = read_payload(out); !done) return done.error();
  return Read::fragment;
}

Result<void> HeciRing::judge(const Fragment& fragment) const {
  const MessageHeader& h = fragment.header;
  const std::uint32_t raw = encode(h);
  if (h.reserved != 0 || raw == 0) {
    return Error{Errc::protocol, "receiving from the ME: a malformed message header", raw};
  }
  if (slots_for(h.length) > me_depth_ - 1) {
    return Error{Errc::protocol, "receiving from the ME: a fragment longer than the ring", raw};
  }
  return {};
}

Result<void> HeciRing::wait_for_payload(std::uint32_t slots) {
  io::Poll poll(clock_, kFragmentLimit);
  do {
    const auto filled = look();
    if (!filled) return filled.error();
    if (filled->me >= slots) return {};
  } while (poll.again());
  return Error{Errc::protocol, "receiving from the ME: a header came, its payload did not"};
}

Result<void> HeciRing::read_payload(Fragment& out) {
  const std::uint32_t slots = slots_for(out.header.length);
  registers_.read_slots(std::span(slots_).first(slots));
  protocol::heci::unpack_slots(std::span(slots_).first(slots), out.data);
  read_ = static_cast<std::uint8_t>(read_ + slots);
  if (const auto still = look(); !still) return still.error();
  return registers_.ring_doorbell();
}

}  // namespace updater::mei
