// SPDX-License-Identifier: BSD-3-Clause
#include "protocol/vfio_user/messages.h"

namespace protocol::vfio_user {

using base::ByteReader;
using base::ByteView;
using base::ByteWriter;

void encode(ByteWriter& out, const Header& h) {
  out.u16(h.id).u16(static_cast<std::uint16_t>(h.command));
  out.u32(h.message_size).u32(h.flags).u32(h.error);
}

void encode(ByteWriter& out, const Version& v) {
  out.u16(v.major).u16(v.minor);
}

void encode(ByteWriter& out, const DmaMap& m) {
  out.u32(m.argsz).u32(m.flags).u64(m.offset).u64(m.address).u64(m.length);
}

void encode(ByteWriter& out, const DmaUnmap& m) {
  out.u32(m.argsz).u32(m.flags).u64(m.address).u64(m.length);
}

void encode(ByteWriter& out, const DeviceInfo& d) {
  out.u32(d.argsz).u32(d.flags).u32(d.regions).u32(d.irqs);
}

void encode(ByteWriter& out, const RegionInfo& r) {
  out.u32(r.argsz).u32(r.flags).u32(r.index).u32(r.cap_offset).u64(r.length).u64(r.offset);
}

void encode(ByteWriter& out, const IrqInfo& i) {
  out.u32(i.argsz).u32(i.flags).u32(i.index).u32(i.count);
}

void encode(ByteWriter& out, const SetIrqs& s) {
  out.u32(s.argsz).u32(s.flags).u32(s.index).u32(s.start).u32(s.count);
}

void encode(ByteWriter& out, const Access& a) {
  out.u64(a.offset).u32(a.region).u32(a.count);
}

template <>
std::optional<Header> decode(ByteView bytes) {
  ByteReader in(bytes);
  Header h;
  h.id = in.u16();
  h.command = static_cast<Command>(in.u16());
  h.message_size = in.u32();
  h.flags = in.u32();
  h.error = in.u32();
  return in.ok() ? std::optional(h) : std::nullopt;
}

template <>
std::optional<Version> decode(ByteView bytes) {
  ByteReader in(bytes);
  Version v;
  v.major = in.u16();
  v.minor = in.u16();
  return in.ok() ? std::optional(v) : std::nullopt;
}

template <>
std::optional<DmaMap> decode(ByteView bytes) {
  ByteReader in(bytes);
  DmaMap m{.argsz = in.u32(), .flags = in.u32(), .offset = in.u64(), .address = in.u64()};
  m.length = in.u64();
  return in.ok() ? std::optional(m) : std::nullopt;
}

template <>
std::optional<DmaUnmap> decode(ByteView bytes) {
  ByteReader in(bytes);
  DmaUnmap m{.argsz = in.u32(), .flags = in.u32(), .address = in.u64(), .length = in.u64()};
  return in.ok() ? std::optional(m) : std::nullopt;
}

template <>
std::optional<DeviceInfo> decode(ByteView bytes) {
  ByteReader in(bytes);
  DeviceInfo d{.argsz = in.u32(), .flags = in.u32(), .regions = in.u32(), .irqs = in.u32()};
  return in.ok() ? std::optional(d) : std::nullopt;
}

template <>
std::optional<RegionInfo> decode(ByteView bytes) {
  ByteReader in(bytes);
  RegionInfo r{.argsz = in.u32(), .flags = in.u32(), .index = in.u32(), .cap_offset = in.u32()};
  r.length = in.u64();
  r.offset = in.u64();
  return in.ok() ? std::optional(r) : std::nullopt;
}

template <>
std::optional<IrqInfo> decode(ByteView bytes) {
  ByteReader in(bytes);
  IrqInfo i{.argsz = in.u32(), .flags = in.u32(), .index = in.u32(), .count = in.u32()};
  return in.ok() ? std::optional(i) : std::nullopt;
}

template <>
std::optional<SetIrqs> decode(ByteView bytes) {
  ByteReader in(bytes);
  SetIrqs s{.argsz = in.u32(), .flags = in.u32(), .index = in.u32(), .start = in.u32()};
  s.count = in.u32();
  return in.ok() ? std::optional(s) : std::nullopt;
}

template <>
std::optional<Access> decode(ByteView bytes) {
  ByteReader in(bytes);
  Access a{.offset = in.u64(), .region = in.u32(), .count = in.u32()};
  return in.ok() ? std::optional(a) : std::nullopt;
}

}  // namespace protocol::vfio_user
